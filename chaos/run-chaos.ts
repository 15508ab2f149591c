import type { WriteKind } from "../sandbox/types.ts";
import { waitUntil } from "../server/wait-until.ts";
import { checkers } from "./checkers/checkers.ts";
import { readActionManifest } from "./client/action-manifest.ts";
import { Client, openSession } from "./client/client.ts";
import { type Cluster, startCluster } from "./cluster/cluster.ts";
import { DbReader } from "./cluster/db-reader.ts";
import { onWrite, startUpstreams, type Upstreams } from "./cluster/upstreams.ts";
import { emptyCardsFor, runDuplicateSubmits } from "./duplicate-submit/duplicate-submit.ts";
import type { History } from "./history/history.ts";
import { readConsoleRecords, readUpstreamRecords } from "./history/read-history.ts";
import { WriteAheadObserver } from "./history/write-ahead-observer.ts";
import { startFaultSchedule } from "./nemesis/fault-schedule.ts";
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

type Run = { options: Options; root: string; log: Log; interrupted: AbortSignal };

const TRANSFERABLE_CARDS = 60;
const TRANSFER_WORKERS = 5;
const DESTROY_WORKERS = 3;
const BATCH_WORKERS = 3;

/** One whole run: start everything, work and kill, quiesce, check the history, stop everything. */
export async function runChaos(options: Options, root: string, log: Log, interrupted: AbortSignal): Promise<Counts> {
  log(`seed ${options.seed}`);
  const emptyCards = options.destroys + emptyCardsFor(options.rounds);
  const upstreams = await startUpstreams(options.seed, TRANSFERABLE_CARDS, emptyCards);
  let cluster: Cluster | undefined;
  try {
    cluster = await startCluster(upstreams.sandbox, options.processes);
    const counts = await runOn(cluster, upstreams, { options, root, log, interrupted });
    const killed = await cluster.stop();
    const violations = killed === 0 ? [] : [`${killed} had to be killed`];
    const exits = reportCheck(log, "every process exited when asked to", cluster.consoles.length, violations);
    const total = sumCounts([counts, exits]);
    if (total.failed === 0 && !options.keep) cluster.remove();
    else log(`data and logs are in ${cluster.folder}`);
    return total;
  } finally {
    await cluster?.stop();
    await upstreams.sandbox.close();
  }
}

async function runOn(cluster: Cluster, upstreams: Upstreams, run: Run): Promise<Counts> {
  const { options, root, log } = run;
  const finished = new AbortController();
  const timeout = AbortSignal.timeout(options.minutes * 60_000);
  const signal = AbortSignal.any([finished.signal, run.interrupted, timeout]);
  const { transfers, destroys, batches } = options;
  const pacing = new Pacing({ transfers, destroys, batches }, options.kills, signal);
  const manifest = readActionManifest(root);
  const signIn = async (username: string) =>
    new Client(manifest, await openSession(cluster.consoles[0]?.url ?? "", username, cluster.password));
  const [operator, admin] = await Promise.all([signIn("operator"), signIn("admin")]);
  const db = new DbReader(cluster.databaseUrl());
  const writeAhead = new WriteAheadObserver(cluster.databaseUrl());
  onWrite(upstreams.sandbox, (row) => {
    writeAhead.observe(row);
    if (row.actor === "caller") pacing.announce("arrived");
  });
  const { seed } = options;
  const { consoles } = cluster;
  const context: RunContext = { seed, consoles, operator, admin, upstreams, pacing, db, acknowledged: [], signal };

  const startedAt = Date.now();
  const manually = resolveManually(context);
  try {
    const submits: Counts[] = options.rounds > 0 ? [await runDuplicateSubmits(context, options.rounds, log)] : [];
    const kills = await workAndKill(context, options, log);
    const resolved = await quiesce(context);
    finished.abort();
    const resolvedManually = await manually;
    const history: History = {
      upstream: readUpstreamRecords(upstreams),
      ...(await readConsoleRecords(cluster.databaseUrl(), cluster.appKeys)),
      acknowledged: context.acknowledged,
      observations: await writeAhead.close(),
    };

    const victims = tally(kills.map(({ target, console }) => `${target} ${console}`));
    log(`\n${kills.length} kills (${victims}) in ${Math.round((Date.now() - startedAt) / 1000)} s`);
    for (const line of summarizeHistory(history)) log(line);
    log(`resolved manually      ${resolvedManually}\n`);
    const checks = checkers.map(({ name, check }) => {
      const { examined, violations } = check(history);
      return reportCheck(log, name, examined, violations);
    });
    const missing = [
      ...(pacing.isFinished ? [] : ["work or kills are left"]),
      ...(resolved ? [] : ["not every outcome was resolved in time"]),
    ];
    const complete = reportCheck(
      log,
      "all work was started, all kills done, all outcomes resolved",
      kills.length,
      missing,
    );
    return sumCounts([...submits, ...checks, complete]);
  } finally {
    finished.abort();
    await manually.catch(() => undefined);
    await db.close();
  }
}

/** Clients, end users, faults and kills at the same time, until all work has started and all kills are done. */
async function workAndKill(context: RunContext, options: Options, log: Log): Promise<Kill[]> {
  const { sandbox, transferable } = context.upstreams;
  const writes: WriteKind[] = [
    ...(options.transfers ? (["transfer"] as const) : []),
    ...(options.destroys ? (["destroy"] as const) : []),
    ...(options.batches ? (["generate"] as const) : []),
  ];
  const faultSeed = seedOf(options.seed, "faults");
  const clearFaults = writes.length > 0 ? startFaultSchedule(sandbox, faultSeed, writes) : async () => {};
  sandbox.crowd.run({ perSecond: 6, seed: seedOf(options.seed, "activity"), cards: transferable });
  const workers = [
    ...Array.from({ length: TRANSFER_WORKERS }, () => transferQuota(context)),
    ...Array.from({ length: DESTROY_WORKERS }, () => destroyCards(context)),
    ...Array.from({ length: BATCH_WORKERS }, (_, i) => generateBatches(context, options.batchSize, i, BATCH_WORKERS)),
  ];
  try {
    const isOver = () => context.pacing.isFinished || context.signal.aborted;
    const cleared = waitUntil(isOver, Number.POSITIVE_INFINITY).then(clearFaults);
    const [kills] = await Promise.all([killProcesses(context, log), cleared, ...workers]);
    return kills;
  } finally {
    sandbox.crowd.stop();
    await clearFaults();
  }
}
