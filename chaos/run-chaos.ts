import type { WriteKind } from "../sandbox/core/endpoints.ts";
import { waitUntil } from "../server/process/wait-until.ts";
import { readActionManifest } from "../test/support/action-manifest.ts";
import { checkers } from "./checkers/checkers.ts";
import { Client, openSession } from "./client/client.ts";
import { type Cluster, type ExternalDatabase, startCluster } from "./cluster/cluster.ts";
import { DbReader } from "./cluster/db-reader.ts";
import { onWrite, startUpstreams, type Upstreams } from "./cluster/upstreams.ts";
import { emptyCardsFor, runDuplicateSubmits } from "./duplicate-submit/duplicate-submit.ts";
import type { History } from "./history/history.ts";
import { readConsoleRecords, readUpstreamRecords } from "./history/read-history.ts";
import { WriteAheadObserver } from "./history/write-ahead-observer.ts";
import { stepClock } from "./nemesis/clock-stepper.ts";
import { freezeDatabase } from "./nemesis/database-freezer.ts";
import { fillDisk } from "./nemesis/disk-filler.ts";
import { startFaultSchedule } from "./nemesis/fault-schedule.ts";
import { drawKeyListing } from "./nemesis/key-listing.ts";
import { type Kill, killProcesses } from "./nemesis/process-killer.ts";
import type { Options } from "./options.ts";
import { quiesce } from "./quiesce.ts";
import { Pacing } from "./run/pacing.ts";
import { type Counts, type Log, reportCheck, sumCounts } from "./run/report-check.ts";
import type { RunContext } from "./run/run-context.ts";
import { seedOf } from "./run/seeds.ts";
import { summarizeHistory, tally } from "./summarize-history.ts";
import { generateBatches } from "./workload/batches.ts";
import { destroyCards } from "./workload/destroys.ts";
import { resolveManually } from "./workload/manual-resolver.ts";
import { transferQuota } from "./workload/transfers.ts";

/** A database that is not the consoles' own, and what kills it instead of {@link killProcesses}. */
export type Elsewhere = {
  database: ExternalDatabase;
  kill: (context: RunContext, log: Log) => Promise<Kill[]>;
};

type Run = { options: Options; root: string; log: Log; interrupted: AbortSignal; elsewhere?: Elsewhere };

const TRANSFERABLE_CARDS = 60;
const TRANSFER_WORKERS = 5;
const DESTROY_WORKERS = 3;
const BATCH_WORKERS = 3;

/** One whole run: start everything, work and kill, quiesce, stop everything, check the history. */
export async function runChaos(
  options: Options,
  root: string,
  log: Log,
  interrupted: AbortSignal,
  elsewhere?: Elsewhere,
): Promise<Counts> {
  log(`seed ${options.seed}`);
  const emptyCards = options.destroys + emptyCardsFor(options.rounds);
  const listing = drawKeyListing(options);
  const cards = { transferable: TRANSFERABLE_CARDS, empty: emptyCards };
  const upstreams = await startUpstreams(options.seed, cards, listing);
  if (options.batches > 0) log(`keys are listed ${JSON.stringify(listing)}`);
  let cluster: Cluster | undefined;
  try {
    const { processes } = options;
    const smallDisk = options.diskFills > 0;
    cluster = await startCluster(upstreams.sandbox, { processes, smallDisk, database: elsewhere?.database });
    if (options.diskFills > 0 && !cluster.disk) log("the disk is not filled: this user may not mount one of its own");
    const outcome = await runOn(cluster, upstreams, { options, root, log, interrupted, elsewhere });
    const killedAtEnd = await cluster.stop();
    // Read after the stop: an error while stopping counts too.
    const processLogs = cluster.consoles.flatMap((each) => each.processLogs());
    const history: History = { ...outcome.records, processLogs };
    logSummary(outcome, history, log);
    const checks = checkers.map(({ name, check }) => {
      const { examined, violations } = check(history);
      return reportCheck(log, name, examined, violations);
    });
    const total = sumCounts([
      ...outcome.submits,
      ...checks,
      reportCheck(
        log,
        "all work was started, all kills done, all outcomes resolved",
        outcome.kills.length,
        outcome.incomplete,
      ),
      reportCheck(
        log,
        "every process exited when asked to",
        cluster.consoles.length,
        killedAtEnd === 0 ? [] : [`${killedAtEnd} had to be killed`],
      ),
    ]);
    if (total.failed === 0 && !options.keep) cluster.remove();
    else log(`data and logs are in ${cluster.folder}`);
    return total;
  } finally {
    await cluster?.stop();
    await upstreams.sandbox.close();
  }
}

type Outcome = {
  records: Omit<History, "processLogs">;
  submits: Counts[];
  kills: Kill[];
  freezes: number;
  clockSteps: number;
  diskFills: number;
  resolvedManually: number;
  seconds: number;
  /** What of the plan was not reached. */
  incomplete: string[];
};

/** Work, kill and quiesce on a running cluster; then read what both sides recorded. */
async function runOn(cluster: Cluster, upstreams: Upstreams, run: Run): Promise<Outcome> {
  const { options, root, log } = run;
  const finished = new AbortController();
  const timeout = AbortSignal.timeout(options.minutes * 60_000);
  const signal = AbortSignal.any([finished.signal, run.interrupted, timeout]);
  const { seed, transfers, destroys, batches } = options;
  const { consoles, clock, disk } = cluster;
  const pacing = new Pacing({ transfers, destroys, batches }, options.kills, signal);
  const manifest = readActionManifest(root);
  const { password } = cluster;
  const signIn = async (username: string) => {
    const account = { username, password };
    return new Client(manifest, await openSession(consoles[0]?.url ?? "", manifest, account), { account });
  };
  const [operator, admin] = await Promise.all([signIn("operator"), signIn("admin")]);
  const db = new DbReader(cluster.databaseUrl());
  const writeAhead = new WriteAheadObserver(cluster.databaseUrl(), cluster.appKeys);
  onWrite(upstreams.sandbox, (row) => {
    writeAhead.observe(row);
    if (row.actor === "caller") pacing.announce("arrived");
  });
  const context: RunContext = {
    seed,
    consoles,
    operator,
    admin,
    upstreams,
    clock,
    disk,
    pacing,
    db,
    appKeys: cluster.appKeys,
    acknowledged: [],
    signal,
  };

  const startedAt = Date.now();
  const manually = resolveManually(context);
  try {
    const submits = options.rounds > 0 ? [await runDuplicateSubmits(context, options.rounds, log)] : [];
    const { kills, freezes, clockSteps, diskFills } = await workAndKill(context, run);
    const resolved = await quiesce(context);
    finished.abort();
    const resolvedManually = await manually;
    const records = {
      upstream: readUpstreamRecords(upstreams),
      ...(await readConsoleRecords(cluster.databaseUrl(), cluster.appKeys, (time) => clock.toOurTime(time))),
      acknowledged: context.acknowledged,
      observations: await writeAhead.close(),
    };

    const incomplete = [
      ...(pacing.isFinished ? [] : ["work or kills are left"]),
      ...(freezes === options.freezes ? [] : [`only ${freezes} of ${options.freezes} freezes were done`]),
      ...(clockSteps === options.clockSteps
        ? []
        : [`only ${clockSteps} of ${options.clockSteps} clock steps were done`]),
      ...(!disk || diskFills === options.diskFills
        ? []
        : [`only ${diskFills} of ${options.diskFills} disk fills were done`]),
      ...(resolved ? [] : ["not every outcome was resolved in time"]),
    ];
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    return { records, submits, kills, freezes, clockSteps, diskFills, resolvedManually, seconds, incomplete };
  } finally {
    finished.abort();
    await manually.catch(() => undefined);
    await db.close();
  }
}

function logSummary(
  { kills, freezes, clockSteps, diskFills, resolvedManually, seconds }: Outcome,
  history: History,
  log: Log,
): void {
  const killed = tally(kills.map(({ target, console }) => `${target} ${console}`));
  log(
    `\n${kills.length} kills (${killed}), ${freezes} freezes of the database, ${diskFills} fills of its disk and ${clockSteps} clock steps in ${seconds} s`,
  );
  for (const line of summarizeHistory(history)) log(line);
  log(`resolved manually      ${resolvedManually}\n`);
}

/** Clients, end users and the nemesis at the same time, until all work has started and all that is planned is done. */
async function workAndKill(
  context: RunContext,
  { options, log, elsewhere }: Run,
): Promise<Pick<Outcome, "kills" | "freezes" | "clockSteps" | "diskFills">> {
  const { sandbox, transferable } = context.upstreams;
  const writes: WriteKind[] = [
    ...(options.transfers ? (["transfer"] as const) : []),
    ...(options.destroys ? (["destroy"] as const) : []),
    ...(options.batches ? (["generate"] as const) : []),
  ];
  const faultSeed = seedOf(options.seed, "faults");
  const clearFaults = writes.length > 0 ? startFaultSchedule(sandbox, faultSeed, writes) : async () => {};
  sandbox.activity.run({ perSecond: 6, seed: seedOf(options.seed, "activity"), cards: transferable });
  const workers = [
    ...Array.from({ length: TRANSFER_WORKERS }, () => transferQuota(context)),
    ...Array.from({ length: DESTROY_WORKERS }, () => destroyCards(context)),
    ...Array.from({ length: BATCH_WORKERS }, (_, i) => generateBatches(context, options.batchSize, i, BATCH_WORKERS)),
  ];
  try {
    const isOver = () => context.pacing.isFinished || context.signal.aborted;
    const cleared = waitUntil(isOver, Number.POSITIVE_INFINITY).then(clearFaults);
    const [kills, freezes, clockSteps, diskFills] = await Promise.all([
      (elsewhere?.kill ?? killProcesses)(context, log),
      freezeDatabase(context, options.freezes),
      stepClock(context, options.clockSteps),
      fillDisk(context, context.disk ? options.diskFills : 0),
      cleared,
      ...workers,
    ]);
    return { kills, freezes, clockSteps, diskFills };
  } finally {
    sandbox.activity.stop();
    await clearFaults();
  }
}
