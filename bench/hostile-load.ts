import "./aliases.ts";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type ActionManifest, readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import type { Hostile } from "./hostile-client.ts";
import type { Measured } from "./measured.ts";
import { medianOf, timed } from "./median.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { openTransfer, type Transfer } from "./open-transfer.ts";
import { residentMb } from "./process-memory.ts";
import { report } from "./report.ts";

const CARDS = 200;
const ROUNDS = 12;
const HEALTHS_A_ROUND = 4;
/** Health and a confirm are there within this, by their medians: single waits are the machine's too, and are printed. */
const MEDIAN_MS = 1_000;
/** What the console's memory may grow by under all of it. */
const GROWTH_MB = 50;
const LOADS: readonly { load: Hostile["load"]; what: string; bound: number }[] = [
  { load: "huge body", what: "a body of 300 MB", bound: 4 },
  { load: "half-sent", what: "300 half-sent requests", bound: 4 },
  { load: "sign-ins", what: "60 parallel sign-ins", bound: 8 },
];

type Waits = { health: number[]; confirm: number[]; residentMb: number };
type Measure = (rounds: number) => Promise<Waits>;

/** What an anonymous stranger can do to everybody else: waits under each load against the quiet ones of the same run. */
async function main() {
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 5 });
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const [operator, prober] = [openHttpClient(cardesk.url), openHttpClient(cardesk.url)];
  try {
    await signIn(operator, manifest, { username: cardesk.user, password: cardesk.password });
    const transfer = await openTransfer(operator, { manifest, cards: CARDS });
    const measure: Measure = (rounds) => measureWaits(cardesk, { prober, transfer, rounds });
    // Once through everything: code that runs for the first time is slow, and it stays in memory.
    await measure(ROUNDS);
    for (const { load } of LOADS) await under(load, { cardesk, manifest, work: () => measure(2) });
    const measured: Measured[] = [];
    for (const { load, what, bound } of LOADS) {
      const quiet = await measure(ROUNDS);
      const waits = await under(load, { cardesk, manifest, work: () => measure(ROUNDS) });
      measured.push(...compare(what, { quiet, waits, bound }));
    }
    await report(measured);
  } finally {
    operator.close();
    prober.close();
    await cardesk.close();
  }
}

function compare(what: string, { quiet, waits, bound }: { quiet: Waits; waits: Waits; bound: number }): Measured[] {
  const [usual, now] = [mediansOf(quiet), mediansOf(waits)];
  const longest = Math.max(...waits.health, ...waits.confirm);
  console.log(`${what}: ${shown(now)}, the longest ${longest.toFixed(0)} ms; quiet ${shown(usual)}`);
  const measured: Measured[] = [
    { what: `health during ${what}, against quiet`, value: now.health / usual.health, bound, unit: "×" },
    { what: `a confirm during ${what}, against quiet`, value: now.confirm / usual.confirm, bound, unit: "×" },
    { what: `health during ${what}`, value: now.health, bound: MEDIAN_MS, unit: "ms" },
    { what: `a confirm during ${what}`, value: now.confirm, bound: MEDIAN_MS, unit: "ms" },
  ];
  if (process.platform !== "linux") return measured;
  const growth = waits.residentMb - quiet.residentMb;
  return [...measured, { what: `memory gained during ${what}, at most`, value: growth, bound: GROWTH_MB, unit: "MB" }];
}

type Medians = { health: number; confirm: number };

const mediansOf = ({ health, confirm }: Waits): Medians => ({ health: medianOf(health), confirm: medianOf(confirm) });
const shown = ({ health, confirm }: Medians): string => `health ${health.toFixed(1)}, confirm ${confirm.toFixed(1)} ms`;

async function under(
  load: Hostile["load"],
  { cardesk, manifest, work }: { cardesk: OpenConsole; manifest: ActionManifest; work: () => Promise<Waits> },
): Promise<Waits> {
  const workerData: Hostile = { url: cardesk.url, load, action: manifest("login.signInAction") };
  const stranger = new Worker(new URL("./hostile-client.ts", import.meta.url), { workerData });
  try {
    await once(stranger, "message");
    return await work();
  } finally {
    await stranger.terminate();
  }
}

async function measureWaits(
  { webPid }: OpenConsole,
  { prober, transfer, rounds }: { prober: HttpClient; transfer: Transfer; rounds: number },
): Promise<Waits> {
  const waits: Waits = { health: [], confirm: [], residentMb: 0 };
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < HEALTHS_A_ROUND; turn++) waits.health.push(await healthWait(prober));
    const operationId = await transfer.preview();
    waits.confirm.push(await timed(() => transfer.confirm(operationId)));
    if (process.platform === "linux") waits.residentMb = Math.max(waits.residentMb, residentMb(webPid));
  }
  return waits;
}

/** Not being ready is a wait without end: one of them is a busy machine's, half of them break the bound. */
async function healthWait(prober: HttpClient): Promise<number> {
  let ready = false;
  const waited = await timed(async () => {
    ready = (await prober.get("/api/health")).status === 200;
  });
  return ready ? waited : Number.POSITIVE_INFINITY;
}

await main();
