import "server-only";
import { sql } from "drizzle-orm";
import { Counter, Gauge, Registry } from "prom-client";
import { readBilling } from "@/lib/billing";
import type { Ctx } from "@/lib/context";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { jobs } from "@/lib/runtime";
import { readJobs } from "./read-jobs";
import { readReadiness } from "./read-readiness";
import { readUpstreamHealth } from "./read-upstream-health";

type Labels = Record<string, string>;
type Sample = { labels?: Labels; value: number };
type Count = { name: string; labels: Labels; value: number };

/**
 * The metrics in Prometheus's text format. Process and upstream numbers are those of the answering process; the others
 * are read now, into a registry for this scrape only.
 */
export async function readMetrics({ ctx }: { ctx: Ctx }): Promise<string> {
  const [ready, upstreams, jobViews, billing, counts] = await Promise.all([
    readReadiness(),
    readUpstreamHealth({ ctx }),
    readJobs({ ctx, jobs }),
    readBilling({ ctx }),
    readCounts(ctx),
  ]);
  const of = (name: string) => counts.filter((count) => count.name === name);
  const byUpstream = (pick: (upstream: (typeof upstreams)[number]) => number): Sample[] =>
    upstreams.map((upstream) => ({ labels: { upstream: upstream.upstream }, value: pick(upstream) }));

  const scrape = new Registry();
  gauge(scrape, "cardesk_ready", "1 when the process may be given requests.", [{ value: Number(ready.ok) }]);
  gauge(scrape, "cardesk_cards", "Mirrored cards that are there, by type.", of("cards"));
  gauge(scrape, "cardesk_operations", "Operations by kind and state.", of("operations"));
  gauge(
    scrape,
    "cardesk_unknown_oldest_seconds",
    "Age of the oldest operation of unknown outcome.",
    of("unknown_oldest"),
  );
  gauge(scrape, "cardesk_card_keys", "Generated card keys that are recorded.", of("card_keys"));
  counter(
    scrape,
    "cardesk_contract_drift_total",
    "Upstream answers that differed from their contract, by upstream.",
    of("drift"),
  );
  gauge(
    scrape,
    "cardesk_upstream_breaker_open",
    "1 while the breaker refuses calls.",
    byUpstream(({ breaker }) => Number(breaker.state === "open")),
  );
  counter(
    scrape,
    "cardesk_upstream_calls_total",
    "Calls made.",
    byUpstream(({ calls }) => calls),
  );
  counter(
    scrape,
    "cardesk_upstream_failures_total",
    "Calls without a usable answer.",
    byUpstream(({ failures }) => failures),
  );
  gauge(
    scrape,
    "cardesk_jobs_failed",
    "Background jobs that failed in the last hour.",
    jobViews.map((job) => ({ labels: { job: job.name }, value: job.failed })),
  );
  gauge(
    scrape,
    "cardesk_billing_remaining_amount",
    "Last good reading of the Talk-Bot account.",
    billing.numbers ? [{ value: Number(billing.numbers.remainingAmount) }] : [],
  );
  return Registry.merge([scrape, metricsRegistry()]).metrics();
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

async function readCounts(ctx: Ctx): Promise<Count[]> {
  const { rows } = await ctx.db.execute<Count>(sql`
    select 'cards' as name, jsonb_build_object('type', type) as labels, count(*)::float8 as value
      from card where gone_at is null group by type
    union all
    select 'operations', jsonb_build_object('kind', kind, 'state', state), count(*) from operation group by kind, state
    union all
    select 'unknown_oldest', '{}', extract(epoch from ${ctx.now()}::timestamptz - min(coalesce(sent_at, created_at)))
      from operation where state = 'unknown' having count(*) > 0
    union all
    select 'card_keys', '{}', count(*) from card_key
    union all
    select 'drift', jsonb_build_object('upstream', upstream), sum(count) from contract_drift group by upstream
    order by 1, 2`);
  return rows;
}
