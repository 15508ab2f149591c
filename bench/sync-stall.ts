import "./aliases.ts";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { runOn, startTestCluster } from "../test/database.ts";
import { type EventLoopDelay, longestDelay } from "./event-loop-delay.ts";
import type { Measured } from "./measured.ts";
import { medianOf } from "./median.ts";
import { PeakMemory } from "./peak-memory.ts";
import { report } from "./report.ts";

const CARDS = 9_999;
const BOUND_MS = 50;
const GROWTH_MB = 100;
const ROUNDS = 5;
/** `--million`: that takes a quarter of an hour. `--cards=1000000`: only a list of so many. */
const ONLY = process.argv.find((each) => each.startsWith("--cards="))?.slice("--cards=".length);
const MANY = ONLY ? [Number(ONLY)] : process.argv.includes("--million") ? [100_000, 1_000_000] : [100_000];

/** The client is made once for the process, so every sandbox listens where the first one did. */
let port = 0;

type Rooms = typeof import("../test/support/test-environment.ts");

/** How long everything else waits at worst, and what memory a sync takes: of 9,999 rows in one answer, and of long lists. */
async function main() {
  const rooms = await import("../test/support/test-environment.ts");
  const cluster = await startTestCluster();
  const measured: Measured[] = [];
  try {
    if (!ONLY) measured.push(...(await inOneAnswer(rooms)));
    for (const cards of MANY) measured.push(...(await pageByPage(rooms, cards)));
  } finally {
    await cluster.stop();
  }
  await report(measured);
}

/** A console's room on a sandbox with so many cards, that may call as often as it likes. */
async function open({ openTestRoom }: Rooms, cards: number) {
  const upstream = await startUpstream(cards);
  const room = await openTestRoom({
    variables: { ESPAI_BASE_URL: upstream.url, UPSTREAM_TIMEOUT_MS: "120000" },
    sandbox: { cards: 0, keys: 0 },
  });
  const { readSyncStatus, syncCards } = await import("../lib/cards/index.ts");
  const { changeSetting } = await import("../lib/settings/index.ts");
  const key = "mirror_reading" as const;
  await changeSetting({ ctx: room.as("admin"), input: { key, value: { callsPerMinute: 6_000 } } });
  const sync = async (pageSize?: number) => {
    const result = await syncCards({
      ctx: room.as("admin"),
      input: { trigger: "manual", ...(pageSize && { pageSize }) },
    });
    if (result.state === "done" && result.full) return;
    const { error, partial } = await readSyncStatus({ ctx: room.as("admin") });
    throw new Error(
      `the sync ended as ${result.state}: ${error?.key ?? (partial ? "not whole" : "")} ${error?.details}`,
    );
  };
  const close = async () => {
    await room.close();
    upstream.process.kill("SIGTERM");
    await once(upstream.process, "exit");
  };
  return { room, sync, close };
}

async function inOneAnswer(rooms: Rooms): Promise<Measured[]> {
  const { room, sync, close } = await open(rooms, CARDS);
  const { espai } = await import("../lib/upstream/index.ts");
  const { database } = await import("../lib/db/client.ts");
  const { pool } = database();
  const read = async () => {
    const { cards } = await espai().listCards({ page: 1, limit: CARDS });
    if (cards.length !== CARDS) throw new Error(`the list has ${cards.length} cards`);
  };
  const syncAtOnce = () => sync(CARDS);
  const parts: { what: string; prepare: () => Promise<unknown>; work: () => Promise<unknown> }[] = [
    { what: "list", prepare: async () => {}, work: read },
    {
      what: "sync, nothing mirrored yet",
      prepare: () => runOn(room.ownerUrl, "truncate card, card_seen, card_balance, card_name"),
      work: syncAtOnce,
    },
    {
      what: "sync, every balance changed",
      prepare: () => pool.query("update card set balance = coalesce(balance, 0) + 1"),
      work: syncAtOnce,
    },
    { what: "sync, nothing changed", prepare: async () => {}, work: syncAtOnce },
  ];
  const measured: Measured[] = [];
  try {
    await syncAtOnce();
    for (const { what, prepare, work } of parts) {
      const delays: EventLoopDelay[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await prepare();
        delays.push(await longestDelay(work));
      }
      const each = delays.map(({ clock, own }) => `${own.toFixed(1)} (${clock.toFixed(0)} by the clock)`);
      console.log(`${what}: ${each.join(", ")} ms`);
      measured.push({
        what: `${CARDS} rows in one answer, ${what}: longest event-loop delay`,
        value: medianOf(delays.map(({ own }) => own)),
        bound: BOUND_MS,
        unit: "ms",
      });
    }
  } finally {
    await close();
  }
  return measured;
}

/** A long list as the console reads it, and what the job does after it: first of nothing, then again with one card in a hundred changed. */
async function pageByPage(rooms: Rooms, cards: number): Promise<Measured[]> {
  const { room, sync, close } = await open(rooms, cards);
  const { fillNameTerms } = await import("../lib/cards/index.ts");
  const { database } = await import("../lib/db/client.ts");
  const input = { signal: new AbortController().signal };
  const work = async () => {
    await sync();
    await fillNameTerms({ ctx: room.as("admin"), input });
  };
  const parts = [
    { what: "nothing mirrored yet", prepare: async () => {} },
    {
      what: "1 % changed",
      prepare: () => database().pool.query("update card set balance = 1 where abs(hashtext(id)) % 100 = 0"),
    },
  ];
  const measured: Measured[] = [];
  try {
    for (const { what, prepare } of parts) {
      await prepare();
      const memory = new PeakMemory();
      const start = performance.now();
      const delay = await longestDelay(work);
      const seconds = (performance.now() - start) / 1000;
      const grown = memory.stop();
      const name = `sync of ${cards} cards, ${what}`;
      const rate = `${seconds.toFixed(1)} s, ${((1e5 * seconds) / cards).toFixed(1)} s per 100,000`;
      console.log(`${name}: ${rate}; ${delay.clock.toFixed(0)} ms longest delay by the clock; peak ${grown}`);
      measured.push(
        { what: `${name}: longest event-loop delay`, value: delay.own, bound: BOUND_MS, unit: "ms" },
        { what: `${name}: memory at its peak above the start`, value: grown.residentMb, bound: GROWTH_MB, unit: "MB" },
      );
    }
  } finally {
    await close();
  }
  return measured;
}

/** The sandbox as a process of its own: what it does to answer must not count as ours. */
async function startUpstream(cards: number): Promise<{ url: string; process: ChildProcess }> {
  const child = fork(fileURLToPath(new URL("../sandbox/main.ts", import.meta.url)), {
    env: {
      ...process.env,
      SANDBOX_CARDS: String(cards),
      SANDBOX_KEYS: "0",
      SANDBOX_LATENCY_MS: "1",
      SANDBOX_ESPAI_PORT: String(port),
    },
    execArgv: ["--import", fileURLToPath(new URL("../server/process/exit-with-parent.ts", import.meta.url))],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (!child.stdout) throw new Error("the sandbox has no output");
  const [line] = await once(child.stdout, "data");
  const { espai } = JSON.parse(String(line)) as { espai: string };
  port = Number(new URL(espai).port);
  return { url: espai, process: child };
}

await main();
