import type { WriteKind } from "../sandbox/types.ts";
import { waitUntil } from "../server/wait-until.ts";
import { checks } from "./checkers/checkers.ts";
import { readActionBook } from "./client/action-manifest.ts";
import { signIn, Visitor } from "./client/client.ts";
import { type Installation, startInstallation } from "./cluster/cluster.ts";
import { Peek } from "./cluster/db-reader.ts";
import { onWrite, startUpstreams, type Upstreams } from "./cluster/upstreams.ts";
import { doubleSubmit, emptyCardsFor } from "./duplicate-submit/duplicate-submit.ts";
import { evidenceOf, readAccount } from "./history/read-history.ts";
import { Witness } from "./history/write-ahead-observer.ts";
import { startWeather } from "./nemesis/fault-schedule.ts";
import { type Kill, killAll } from "./nemesis/process-killer.ts";
import type { Options } from "./options.ts";
import { findOutEverything } from "./quiesce.ts";
import { reportChecks, summarizeRun } from "./report.ts";
import { Pace } from "./run/pacing.ts";
import type { Crew } from "./run/run-context.ts";
import { seedOf } from "./run/seeds.ts";
import { workBatches } from "./workload/batches.ts";
import { workDestroys } from "./workload/destroys.ts";
import { settleUndecided } from "./workload/manual-resolver.ts";
import { workTransfers } from "./workload/transfers.ts";

type Counts = { passed: number; failed: number };
type Say = (line: string) => void;

const TRANSFER_WORKERS = 5;
const DESTROY_WORKERS = 3;
const BATCH_WORKERS = 3;

/** One whole run: start everything, work and kill, find out, compare, end everything. */
export async function runChaos(options: Options, root: string, say: Say, givenUp: AbortSignal): Promise<Counts> {
  say(`seed ${options.seed}`);
  const upstreams = await startUpstreams(options.seed, 60, options.destroys + emptyCardsFor(options.rounds));
  let installation: Installation | undefined;
  try {
    installation = await startInstallation(upstreams.sandbox, options.processes);
    const counts = await runOn(installation, upstreams, { options, root, say, givenUp });
    const left = await installation.stop();
    say(`${left === 0 ? "ok  " : "FAIL"}  ${" ".repeat(6)}  every process ended by itself when asked to`);
    const failed = counts.failed + (left === 0 ? 0 : 1);
    if (failed === 0 && !options.keep) installation.remove();
    else say(`data and logs are in ${installation.folder}`);
    return { passed: counts.passed + (left === 0 ? 1 : 0), failed };
  } finally {
    await installation?.stop();
    await upstreams.sandbox.close();
  }
}

async function runOn(
  installation: Installation,
  upstreams: Upstreams,
  { options, root, say, givenUp }: { options: Options; root: string; say: Say; givenUp: AbortSignal },
): Promise<Counts> {
  const { sandbox } = upstreams;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, givenUp, AbortSignal.timeout(options.minutes * 60_000)]);
  const { transfers, destroys, batches } = options;
  const pace = new Pace({ transfers, destroys, batches }, options.kills, signal);
  const door = readActionBook(root);
  const people = await Promise.all(
    ["operator", "admin"].map(async (name) => {
      const url = installation.consoles[0]?.url ?? "";
      return new Visitor(door, await signIn(url, name, installation.password));
    }),
  );
  const [operator, admin] = people;
  if (!operator || !admin) throw new Error("nobody signed in");
  const peek = new Peek(installation.databaseUrl());
  const witness = new Witness(installation.databaseUrl());
  onWrite(sandbox, (row) => {
    witness.see(row);
    if (row.actor === "caller") pace.note("arrived");
  });
  const crew: Crew = {
    ...{
      seed: options.seed,
      consoles: installation.consoles,
      operator,
      admin,
      upstreams,
      pace,
      peek,
      told: [],
      signal,
    },
  };

  const began = Date.now();
  const settling = settleUndecided(crew);
  try {
    const calm = options.rounds > 0 ? await doubleSubmit(crew, options.rounds, say) : { passed: 0, failed: 0 };
    const kills = await workAndKill(crew, options, say);
    const decided = await findOutEverything(crew);
    over.abort();
    const { settled } = await settling;
    const account = await readAccount(installation.databaseUrl(), installation.appKeys);
    const evidence = evidenceOf(upstreams, account, crew.told, await witness.close());

    say(`\n${kills.length} kills (${tally(kills)}) in ${Math.round((Date.now() - began) / 1000)} s`);
    for (const line of summarizeRun(evidence)) say(line);
    say(`settled by a person ${settled}\n`);
    const counts = reportChecks(checks, evidence, say);
    const whole = decided && pace.isOver;
    say(
      `${whole ? "ok  " : "FAIL"}  ${String(kills.length).padStart(6)}  all work was begun, all kills done, everything found out`,
    );
    return add(calm, counts, { passed: whole ? 1 : 0, failed: whole ? 0 : 1 });
  } finally {
    over.abort();
    await settling.catch(() => undefined);
    await peek.close();
  }
}

/** People at work, end users, faults and kills at the same time, until the work and the kills are done. */
async function workAndKill(crew: Crew, options: Options, say: Say): Promise<Kill[]> {
  const { sandbox, movable } = crew.upstreams;
  const writes: WriteKind[] = [
    ...(options.transfers ? (["transfer"] as const) : []),
    ...(options.destroys ? (["destroy"] as const) : []),
    ...(options.batches ? (["generate"] as const) : []),
  ];
  const clear = writes.length > 0 ? startWeather(sandbox, seedOf(options.seed, "weather"), writes) : async () => {};
  sandbox.crowd.run({ perSecond: 6, seed: seedOf(options.seed, "crowd"), cards: movable });
  const work = [
    ...Array.from({ length: TRANSFER_WORKERS }, () => workTransfers(crew)),
    ...Array.from({ length: DESTROY_WORKERS }, () => workDestroys(crew)),
    ...Array.from({ length: BATCH_WORKERS }, (_, i) => workBatches(crew, options.batchSize, i, BATCH_WORKERS)),
  ];
  try {
    const calmAtLast = waitUntil(() => crew.pace.isOver || crew.signal.aborted, Number.POSITIVE_INFINITY).then(clear);
    const [kills] = await Promise.all([killAll(crew, say), calmAtLast, ...work]);
    return kills;
  } finally {
    sandbox.crowd.stop();
    await clear();
  }
}

const add = (...all: Counts[]): Counts =>
  all.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));

const tally = (kills: Kill[]): string =>
  [...Map.groupBy(kills, ({ victim, console }) => `${victim} ${console}`)]
    .map(([name, all]) => `${name}: ${all.length}`)
    .join(", ");
