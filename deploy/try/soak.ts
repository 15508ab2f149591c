/**
 * `node deploy/try/soak.ts --minutes 120`: ten users, an operator, upstream faults and one restart, against the production
 * build (`npm run build` first). A sample every minute; at the end what grew, what was left, and what was unhandled.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildConsole } from "../../server/build/build-console.ts";
import { readActionManifest } from "../../test/support/action-manifest.ts";
import { spoilUpstreams } from "./soak/faults.ts";
import { connectionsOver, type Span, slopes } from "./soak/judge.ts";
import { type Met, resumeAll, work } from "./soak/people.ts";
import { lineOf, type Sample, takeSample } from "./soak/sample.ts";
import { explainGrowth } from "./soak/table-growth.ts";
import { openWorld, type World } from "./soak/world.ts";
import { openReport, type Report } from "./support/report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** MB an hour that count as flat. */
const FLAT_MB = 10;
/**
 * The compiler and the caches warm up for so long, after the restart too. V8 compiles for about 7,000 reads, which ten people
 * make in 75 minutes: until then they hurry, so that what is judged is what stays, not the compiler.
 */
const WARM_UP_MINUTES = 20;
/** Connections come and go with the load: a pool closes what is idle. */
const CONNECTIONS_APART = 3;
/** A shorter run says nothing of a slope an hour. */
const SHORTEST_TO_JUDGE = 60;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "120" }, seed: { type: "string", default: "11" } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes >= 4) || !Number.isInteger(seed)) throw new Error("--minutes N (4 or more), --seed N");

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());

async function main(): Promise<void> {
  const report = openReport("soak");
  if (process.platform !== "linux") {
    report.skip("soak", "memory is measured on Linux only");
    return report.end();
  }
  await buildConsole(root, console.log);
  const world = await openWorld({ minutes, seed });
  console.log(`seed ${seed}, ${minutes} minutes from ${new Date().toISOString()}, data and logs in ${world.folder}`);
  try {
    const run = await soak(world, report);
    await judge(world, run, report);
  } catch (error) {
    await report.step("the whole run", () => Promise.reject(error));
  } finally {
    await world.close({ keep: process.exitCode === 1 });
    report.end();
  }
}

type Run = { samples: Sample[]; met: Met; faultPeriods: number; restartAt: number; warmUp: number };

/** Everybody works; in the middle the console is asked to stop, and started again. */
async function soak(world: World, report: Report): Promise<Run> {
  const manifest = readActionManifest(root);
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, interrupted.signal]);
  const met: Met = { requests: 0, transfers: 0, batches: 0, restarting: 0, bad: new Map() };
  let restarting = false;
  const began = performance.now();
  const minute = () => (performance.now() - began) / 60_000;
  const faults = spoilUpstreams(world.sandbox, seed, signal);
  const warmUp = Math.min(WARM_UP_MINUTES, minutes / 6);
  let startedAt = 0;
  const isWarmingUp = () => minute() < startedAt + warmUp;
  const people = work({ world, manifest, seed, signal, met, isRestarting: () => restarting, isWarmingUp });
  people.catch(() => over.abort());
  const samples: Sample[] = [];
  let restartAt = Number.NaN;
  while (minute() < minutes && !signal.aborted) {
    await sleep(60_000 - ((performance.now() - began) % 60_000), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    if (Number.isNaN(restartAt) && minute() >= minutes / 2) {
      restartAt = minute();
      startedAt = restartAt;
      await report.step(`restart after ${restartAt.toFixed(0)} minutes, under load`, async () => {
        restarting = true;
        try {
          const stopping = performance.now();
          if (!(await world.console.stop())) throw new Error("it did not end within a minute of SIGTERM");
          const stopped = performance.now();
          await world.console.start();
          const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
          return `stopped in ${seconds(stopped - stopping)}, back in ${seconds(performance.now() - stopped)}`;
        } finally {
          // What waited for an answer when it stopped still counts to the restart.
          setTimeout(() => {
            restarting = false;
          }, 15_000);
        }
      });
      continue;
    }
    const sample = await takeSample(world, minute());
    if (sample) samples.push(sample);
    console.log(sample ? lineOf(sample) : `minute ${minute().toFixed(0)}: not measured`);
  }
  over.abort();
  const faultPeriods = await faults;
  await people;
  if (interrupted.signal.aborted) throw new Error("interrupted");
  return { samples, met, faultPeriods, restartAt, warmUp };
}

async function judge(world: World, run: Run, report: Report): Promise<void> {
  const { samples, met, warmUp } = run;
  await report.step("people were answered", async () => {
    const bad = [...met.bad].map(([what, n]) => `${n} × ${what}`);
    if (bad.length > 0) throw new Error(bad.join(", "));
    const { requests, transfers, batches, restarting } = met;
    return `${requests} reads, ${transfers} transfers, ${batches} batches, ${run.faultPeriods} minutes with faults; ${restarting} without an answer in the restart`;
  });
  await report.step("once the faults are over, every unknown operation is resolved and the queue is drained", () =>
    untilQuiet(world),
  );
  await judgeMemory(run, report);
  await report.step("connections are flat", async () => {
    const { before, after, most } = connectionsOver(samples, warmUp);
    const said = `median ${before} in the first quarter, ${after} in the last, ${most} at most`;
    if (!(after <= before + CONNECTIONS_APART)) throw new Error(said);
    return said;
  });
  await report.step("every table that grew is explained", async () => {
    const [first] = samples;
    const last = (await takeSample(world, minutes)) ?? samples.at(-1);
    if (!first || !last) throw new Error("no sample");
    console.log(`         ${lineOf(last)}`);
    const { lines, unexplained } = explainGrowth(first, last);
    for (const line of lines) console.log(`         ${line}`);
    if (unexplained.length > 0) throw new Error(unexplained.join(", "));
    return `${lines.length} of ${Object.keys(last.tables).length} grew`;
  });
  await report.step("the console ends when asked to, and nothing was unhandled", async () => {
    if (!(await world.console.stop())) throw new Error("it did not end within a minute of SIGTERM");
    const logs = world.console.processLogs();
    const errors = logs.flatMap(({ name, uncaught }) => uncaught.map((error) => `${name}: ${error}`));
    if (errors.length > 0) throw new Error(errors.slice(0, 10).join("; "));
    return `0 in ${logs.map(({ name, lines }) => `${lines} lines of ${name}`).join(" and ")}`;
  });
}

async function judgeMemory({ samples, restartAt, warmUp }: Run, report: Report): Promise<void> {
  const spans: Span[] = [
    { name: `minute ${warmUp.toFixed(0)} to the end`, from: warmUp, to: minutes + 1 },
    { name: "before the restart", from: warmUp, to: restartAt },
    { name: "after the restart", from: restartAt + warmUp, to: minutes + 1 },
  ];
  for (const span of spans) {
    const { console: ours, postgres, samples: n } = slopes(samples, span);
    const said = `console ${ours.toFixed(1)} MB/h, PostgreSQL ${postgres.toFixed(1)} MB/h over ${n} samples`;
    const what = `memory is flat (< ${FLAT_MB} MB/h), ${span.name}`;
    if (minutes < SHORTEST_TO_JUDGE) report.skip(what, `${said}; ${minutes} minutes are too few to judge`);
    else
      await report.step(what, async () => {
        if (!(ours < FLAT_MB && postgres < FLAT_MB)) throw new Error(said);
        return said;
      });
  }
}

const OPEN = `select
  (select count(*)::int from operation where state in ('intent', 'sent', 'unknown')) as operations,
  (select count(*)::int from batch where state in ('generating', 'paused')) as batches,
  (select count(*)::int from operation where state = 'unknown' and next_reconcile_at is null) as manual,
  (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active') and start_after < now() - interval '1 minute') as jobs`;

/** Wait for the quiet period and some more. What a person must decide is named apart. */
async function untilQuiet(world: World): Promise<string> {
  const manifest = readActionManifest(root);
  const limit = performance.now() + (world.quietPeriodSeconds * 2 + 300) * 1000;
  const began = performance.now();
  for (;;) {
    const [open] = (await world.read((db) => db.rows<Record<string, number>>(OPEN))) ?? [];
    const said = Object.entries(open ?? {}).map(([name, n]) => `${n} ${name}`);
    if (open && Object.values(open).every((n) => n === 0))
      return `after ${((performance.now() - began) / 1000).toFixed(0)} s, quiet period ${world.quietPeriodSeconds} s`;
    if (performance.now() > limit) throw new Error(`still open: ${said.join(", ")}`);
    await resumeAll(world, manifest);
    await sleep(15_000);
  }
}

await main();
