import "server-only";
import { sql } from "drizzle-orm";
import { readBilling } from "@/lib/billing";
import type { Ctx } from "@/lib/context";
import { jobs } from "@/lib/runtime";
import { readJobs } from "./read-jobs";
import { readReadiness } from "./read-readiness";
import { readUpstreamHealth } from "./read-upstream-health";

type Sample = { labels?: Record<string, string>; value: number | string };
type Metric = { name: string; help: string; type: "gauge" | "counter"; samples: Sample[] };
type Counts = { name: string; labels: Record<string, string>; value: number };

/** The console's numbers in Prometheus's text format. Process and upstream numbers are those of the answering process. */
export async function readMetrics({ ctx }: { ctx: Ctx }): Promise<string> {
  const [ready, upstreams, jobViews, billing, counts] = await Promise.all([
    readReadiness(),
    readUpstreamHealth({ ctx }),
    readJobs({ ctx, jobs }),
    readBilling({ ctx }),
    readCounts(ctx),
  ]);
  const of = (name: string) => counts.filter((count) => count.name === name);
  const byUpstream = (pick: (upstream: (typeof upstreams)[number]) => number | null): Sample[] =>
    upstreams.flatMap((upstream) => {
      const value = pick(upstream);
      return value === null ? [] : [{ labels: { upstream: upstream.upstream }, value }];
    });
  const metrics: Metric[] = [
    gauge("cardesk_ready", "1 when the process may be given requests.", [{ value: Number(ready.ok) }]),
    gauge("cardesk_cards", "Mirrored cards that are there, by type.", of("cards")),
    gauge("cardesk_operations", "Operations by kind and state.", of("operations")),
    gauge("cardesk_unknown_oldest_seconds", "Age of the oldest operation of unknown outcome.", of("unknown_oldest")),
    gauge("cardesk_card_keys", "Generated card keys that are recorded.", of("card_keys")),
    gauge("cardesk_contract_drift", "Answers that differed from their contract, by upstream.", of("drift")),
    gauge("cardesk_upstream_breaker_open", "1 while the breaker refuses calls.", byUpstream(breakerOpen)),
    counter(
      "cardesk_upstream_calls_total",
      "Calls made.",
      byUpstream(({ calls }) => calls),
    ),
    counter(
      "cardesk_upstream_failures_total",
      "Calls without a usable answer.",
      byUpstream(({ failures }) => failures),
    ),
    gauge(
      "cardesk_upstream_latency_p95_ms",
      "95th percentile of the last 100 calls.",
      byUpstream((u) => u.latencyP95),
    ),
    gauge(
      "cardesk_jobs_failed",
      "Background jobs that failed in the last hour.",
      jobViews.map((job) => ({ labels: { job: job.name }, value: job.failed })),
    ),
    gauge(
      "cardesk_billing_remaining_amount",
      "Last good reading of the Talk-Bot account.",
      billing.numbers ? [{ value: billing.numbers.remainingAmount }] : [],
    ),
    gauge("cardesk_resident_memory_bytes", "Memory of this process.", [{ value: process.memoryUsage.rss() }]),
    gauge("cardesk_uptime_seconds", "Since this process started.", [{ value: Math.round(process.uptime()) }]),
  ];
  return metrics.map(write).join("");
}

const breakerOpen = ({ breaker }: { breaker: { state: string } }): number => Number(breaker.state === "open");
const gauge = (name: string, help: string, samples: Sample[]): Metric => ({ name, help, type: "gauge", samples });
const counter = (name: string, help: string, samples: Sample[]): Metric => ({ name, help, type: "counter", samples });

function write({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const named = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${named.length > 0 ? `{${named.join(",")}}` : ""} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

async function readCounts(ctx: Ctx): Promise<Counts[]> {
  const { rows } = await ctx.db.execute<Counts>(sql`
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
