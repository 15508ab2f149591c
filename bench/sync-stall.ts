import "./aliases.ts";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { runOn, startTestCluster } from "../test/database.ts";
import { type EventLoopDelay, longestDelay } from "./event-loop-delay.ts";
import type { Measured } from "./measured.ts";
import { medianOf } from "./median.ts";
import { report } from "./report.ts";

const CARDS = 9_999;
const BOUND_MS = 50;
const ROUNDS = 5;

/** How long everything else waits at worst while 9,999 rows in one answer are read and parsed, and then mirrored too. */
async function main() {
  const { openTestRoom } = await import("../test/support/test-environment.ts");
  const { syncCards } = await import("../lib/cards/index.ts");
  const { espai } = await import("../lib/upstream/index.ts");
  const { database } = await import("../lib/db/client.ts");
  const cluster = await startTestCluster();
  const upstream = await startUpstream();
  const room = await openTestRoom({
    variables: { ESPAI_BASE_URL: upstream.url, UPSTREAM_TIMEOUT_MS: "20000" },
    sandbox: { cards: 0, keys: 0 },
  });
  const input = { trigger: "manual", pageSize: CARDS } as const;
  const sync = async () => {
    const result = await syncCards({ ctx: room.as("admin"), input });
    if (result.state !== "done") throw new Error(`the sync ended as ${result.state}`);
  };
  const { pool } = database();
  const read = async () => {
    const { cards } = await espai().listCards({ page: 1, limit: CARDS });
    if (cards.length !== CARDS) throw new Error(`the list has ${cards.length} cards`);
  };
  const parts: { what: string; prepare: () => Promise<unknown>; work: () => Promise<unknown> }[] = [
    { what: "list", prepare: async () => {}, work: read },
    {
      what: "sync, nothing mirrored yet",
      prepare: () => runOn(room.ownerUrl, "truncate card, card_seen, card_balance"),
      work: sync,
    },
    {
      what: "sync, every balance changed",
      prepare: () => pool.query("update card set balance = coalesce(balance, 0) + 1"),
      work: sync,
    },
    { what: "sync, nothing changed", prepare: async () => {}, work: sync },
  ];
  const measured: Measured[] = [];
  try {
    await sync();
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
    await room.close();
    upstream.process.kill("SIGTERM");
    await cluster.stop();
  }
  await report(measured);
}

/** The sandbox as a process of its own: what it does to answer must not count as ours. */
async function startUpstream(): Promise<{ url: string; process: ChildProcess }> {
  const child = fork(fileURLToPath(new URL("../sandbox/main.ts", import.meta.url)), {
    env: { ...process.env, SANDBOX_CARDS: String(CARDS), SANDBOX_KEYS: "0", SANDBOX_LATENCY_MS: "1" },
    execArgv: ["--import", fileURLToPath(new URL("../server/process/exit-with-parent.ts", import.meta.url))],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (!child.stdout) throw new Error("the sandbox has no output");
  const [line] = await once(child.stdout, "data");
  return { url: (JSON.parse(String(line)) as { espai: string }).espai, process: child };
}

await main();
