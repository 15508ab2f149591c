import "server-only";
import { hostname } from "node:os";
import { Counter, Gauge, Registry } from "prom-client";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { database } from "@/lib/db/client";
import { currentInstanceId } from "@/lib/process/instance";
import { shuttingDown, startUpFlags } from "@/lib/process/process-slots";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { jobs } from "@/lib/runtime";
import { upstreamHealth } from "@/lib/upstream";
import packageJson from "@/package.json" with { type: "json" };
import { readTotals, readWatched, type StoredCount } from "./read-stored-counts";

type Sample = { labels?: Record<string, string>; value: number };

/**
 * The metrics in Prometheus's text format. Numbers of the process and of upstream calls are this process's; the others are of
 * the database, the same in every console. Labels hold names of ours only. Never waits long for the database: without it the
 * scrape says what it has, and `cardesk_database_up 0`.
 */
export async function readMetrics(): Promise<string> {
  const [watched, totals] = await Promise.all([readWatched(), readTotals()]);
  const scrape = new Registry();
  addProcess(scrape, watched.answered);
  addUpstreams(scrape);
  addStored(scrape, [...watched.rows, ...totals.rows]);
  return Registry.merge([scrape, metricsRegistry()]).metrics();
}

function addProcess(scrape: Registry, databaseUp: boolean): void {
  const flags = startUpFlags.value;
  const ready = databaseUp && flags?.database && flags.recovery && flags.jobs && !shuttingDown.value;
  const { pool } = database();
  const labels = { version: packageJson.version, node: process.version };
  gauge(scrape, "cardesk_build_info", "1, with the version.", [{ labels, value: 1 }]);
  const instance = { instance_id: currentInstanceId() ?? "none", host: hostname() };
  gauge(scrape, "cardesk_instance_info", "1, with this life of this process.", [{ labels: instance, value: 1 }]);
  gauge(scrape, "cardesk_ready", "1 when the process may be given requests.", [{ value: Number(ready ?? false) }]);
  gauge(scrape, "cardesk_database_up", "1 when the database answered this scrape.", [{ value: Number(databaseUp) }]);
  const { totalCount, idleCount, waitingCount, options } = pool;
  gauge(scrape, "cardesk_database_pool_connections", "Connections of the pool, by state.", [
    { labels: { state: "in_use" }, value: totalCount - idleCount },
    { labels: { state: "idle" }, value: idleCount },
  ]);
  gauge(scrape, "cardesk_database_pool_max_connections", "Most connections of the pool.", [{ value: options.max }]);
  gauge(scrape, "cardesk_database_pool_waiting", "Statements that wait for a connection.", [{ value: waitingCount }]);
  gauge(scrape, "cardesk_unrecorded_outcomes", "Outcomes that are known and not stored yet.", [
    { value: unrecordedOutcomes() },
  ]);
}

function addUpstreams(scrape: Registry): void {
  const upstreams = upstreamHealth();
  const of = (pick: (upstream: (typeof upstreams)[number]) => number): Sample[] =>
    upstreams.map((each) => ({ labels: { upstream: each.upstream }, value: pick(each) }));
  const open = of(({ breaker }) => Number(breaker.state === "open"));
  gauge(scrape, "cardesk_upstream_breaker_open", "1 while the breaker refuses calls.", open);
  const waiting = of((each) => each.waiting);
  gauge(scrape, "cardesk_upstream_calls_waiting", "Calls that wait for one of the slots.", waiting);
  const calls = of((each) => each.calls);
  counter(scrape, "cardesk_upstream_calls_total", "Calls made.", calls);
  const failures = of((each) => each.failures);
  counter(scrape, "cardesk_upstream_failures_total", "Calls without a usable answer.", failures);
}

/** Names after Prometheus's conventions; ages are told as the moment they count from, so that an old scrape is not a young one. */
const STORED: readonly [name: string, metric: string, help: string, kind?: "counter"][] = [
  ["cards", "cardesk_cards", "Mirrored cards that are there, by type."],
  ["operations", "cardesk_operations", "Operations by kind and state."],
  ["unknown_overdue", "cardesk_operations_unknown_overdue", "Operations of unknown outcome for over 15 minutes."],
  ["manual_resolution", "cardesk_operations_manual_resolution", "Unknown operations that only a person can decide."],
  ["unknown_oldest", "cardesk_unknown_oldest_seconds", "Age of the oldest operation of unknown outcome."],
  ["batches", "cardesk_batches", "Batches of card keys by state."],
  ["card_keys", "cardesk_card_keys", "Generated card keys that are recorded."],
  ["card_keys_unused", "cardesk_card_keys_unused", "Card keys last seen unused and valid, by type."],
  ["drift", "cardesk_contract_drift_total", "Answers that differed from their contract, by upstream.", "counter"],
  ["mirror_at", "cardesk_mirror_last_full_timestamp_seconds", "When the mirror was last read whole."],
  ["sync_duration", "cardesk_mirror_sync_duration_seconds", "How long the mirror's last sync took."],
  ["polled_at", "cardesk_upstream_last_success_timestamp_seconds", "When a source was last read well."],
  ["billing_points", "cardesk_billing_remaining_points", "Points left, by the last good reading."],
  ["billing_amount", "cardesk_billing_remaining_amount", "Amount left, by the last good reading."],
  ["billing_at", "cardesk_billing_read_timestamp_seconds", "When the bill was last read well."],
  ["audit_head_at", "cardesk_audit_head_timestamp_seconds", "When the audit's newest number was given."],
  ["audit_unnumbered", "cardesk_audit_unnumbered", "Audit records that wait for their number."],
  ["audit_unnumbered_oldest", "cardesk_audit_unnumbered_oldest_seconds", "How long the oldest of them waits."],
  ["backup_at", "cardesk_backup_timestamp_seconds", "When the last good backup was taken."],
  ["writes_paused", "cardesk_writes_paused", "1 while writes are paused."],
];

const SOURCES: readonly string[] = ["espai.cards", "potato.keys", "talkbot.billing", "talkbot.usage"];

function addStored(scrape: Registry, rows: readonly StoredCount[]): void {
  const of = (name: string): Sample[] => rows.filter((row) => row.name === name);
  for (const [name, metric, help, kind] of STORED) {
    const samples = of(name).filter(({ labels }) => labels?.source === undefined || SOURCES.includes(labels.source));
    (kind === "counter" ? counter : gauge)(scrape, metric, help, samples);
  }
  const named = jobs.map((job) => job.name);
  const queued = of("jobs").filter(({ labels }) => named.includes(labels?.queue ?? ""));
  gauge(scrape, "cardesk_jobs", "Background jobs by state; failed ones of the last hour.", queued);
  const oldest = of("jobs_oldest").filter(
    ({ labels }) => named.includes(labels?.queue ?? "") && labels?.state !== "failed",
  );
  gauge(scrape, "cardesk_jobs_oldest_seconds", "How long ago the oldest of them was enqueued.", oldest);
  const failed = named.map((queue) => ({
    labels: { queue },
    value: queued.find(({ labels }) => labels?.queue === queue && labels.state === "failed")?.value ?? 0,
  }));
  if (rows.length > 0) gauge(scrape, "cardesk_jobs_failed", "Background jobs that failed in the last hour.", failed);
}

const definition = (registry: Registry, name: string, help: string, samples: Sample[]) => ({
  name,
  help,
  labelNames: Object.keys(samples[0]?.labels ?? {}),
  registers: [registry],
});

/** Without a sample there is no metric: the library would report an unknown value as 0. */
function gauge(registry: Registry, name: string, help: string, samples: Sample[]): void {
  if (samples.length === 0) return;
  const metric = new Gauge(definition(registry, name, help, samples));
  for (const { labels = {}, value } of samples) metric.set(labels, value);
}

function counter(registry: Registry, name: string, help: string, samples: Sample[]): void {
  if (samples.length === 0) return;
  const metric = new Counter(definition(registry, name, help, samples));
  for (const { labels = {}, value } of samples) metric.inc(labels, value);
}
