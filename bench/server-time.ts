import "./aliases.ts";
import { fileURLToPath } from "node:url";
import { readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import { openFloor } from "./floor/open-floor.ts";
import type { Measured } from "./measured.ts";
import { medianOf, timed } from "./median.ts";
import { untilMirrored } from "./mixed-requests.ts";
import { openConsole } from "./open-console.ts";
import { processorMs } from "./processor-time.ts";
import { report } from "./report.ts";

const CARDS = 10_000;
const ROUNDS = Math.max(45, Number(process.env.BENCH_RUNS || 0));
/** Until the compiler has seen what is asked often. */
const WARM_UP = 150;
const TURNS = 3;
/** What a page may take at the server, as a multiple of the floor's page. */
const PAGES = [
  ["/cards", 1.6],
  ["/settings", 1.2],
] as const;

/** What the production server takes for a page, beside the least such a page can be: one request after the other, turn by turn. */
async function main() {
  const floor = await openFloor();
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 20 });
  const [least, ours] = [openHttpClient(floor.url), openHttpClient(cardesk.url)];
  try {
    const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
    await signIn(ours, manifest, { username: cardesk.user, password: cardesk.password });
    await untilMirrored(ours, CARDS);
    const ask = [
      () => page(least, "/"),
      ...PAGES.map(
        ([path]) =>
          () =>
            page(ours, path),
      ),
    ];
    for (let round = 0; round < WARM_UP; round++) for (const each of ask) await each();
    const times = ask.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++)
      for (const [at, each] of ask.entries()) times[at]?.push(await timed(each));
    const [base = Number.NaN, ...each] = times.map(medianOf);
    if (process.platform === "linux") {
      const pids = [floor.pid, ...PAGES.map(() => cardesk.webPid)];
      const busy = await processorTimes(ask, pids);
      const [leastBusy = Number.NaN] = busy;
      const names = ["the floor", ...PAGES.map(([path]) => path)];
      const shown = busy.map((ms, at) => `${names[at]} ${ms.toFixed(1)} ms (${(ms / leastBusy).toFixed(2)} ×)`);
      console.log(`processor time of a page, which a busy machine changes little: ${shown.join(", ")}`);
    }
    await report(
      PAGES.map(([path, bound], at): Measured => {
        const ms = each[at] ?? Number.NaN;
        return {
          what: `server time of ${path} (${ms.toFixed(1)} : ${base.toFixed(1)} ms)`,
          value: ms / base,
          bound,
          unit: "×",
        };
      }),
    );
  } finally {
    least.close();
    ours.close();
    await Promise.all([cardesk.close(), floor.close()]);
  }
}

/** Ticks are coarse: a row of requests to each, one row after the other, and again. */
async function processorTimes(ask: (() => Promise<void>)[], pids: number[]): Promise<number[]> {
  const used = ask.map(() => 0);
  for (let turn = 0; turn < TURNS; turn++)
    for (const [at, each] of ask.entries()) {
      const pid = pids[at] ?? 0;
      const before = processorMs(pid);
      for (let round = 0; round < ROUNDS; round++) await each();
      used[at] = (used[at] ?? 0) + processorMs(pid) - before;
    }
  return used.map((ms) => ms / TURNS / ROUNDS);
}

async function page(client: HttpClient, path: string): Promise<void> {
  const { status, text } = await client.get(path);
  if (status !== 200) throw new Error(`${path}: HTTP ${status}: ${text.slice(0, 200)}`);
}

await main();
