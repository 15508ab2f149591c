import "server-only";
import { desc, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { contractDrift } from "@/lib/db/schema";
import { currentInstanceId } from "@/lib/process/instance";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { jobs } from "@/lib/runtime";
import { readInstances } from "./read-instances";
import { readJobs } from "./read-jobs";
import { readSync } from "./read-sync";
import { readUpstreamHealth } from "./read-upstream-health";
import type { DriftView, HealthView } from "./types";

const DRIFT_SHOWN = 200;

/** Everything on the health page. Process numbers and latencies are those of the process that answers. */
export async function readHealth({ ctx }: { ctx: Ctx }): Promise<HealthView> {
  const [upstreams, drift, jobViews, sync, database, instances] = await Promise.all([
    readUpstreamHealth({ ctx }),
    readDrift(ctx),
    readJobs({ ctx, jobs }),
    readSync({ ctx }),
    readDatabase(ctx),
    readInstances({ ctx, mine: currentInstanceId() }),
  ]);
  return {
    at: ctx.now().toISOString(),
    upstreams,
    drift,
    jobs: jobViews,
    sync,
    database,
    instances,
    process: { memoryBytes: process.memoryUsage.rss(), uptimeSeconds: Math.round(process.uptime()) },
    disk: readDiskSpace(),
    unrecorded: unrecordedOutcomes(),
  };
}

async function readDrift(ctx: Ctx): Promise<DriftView[]> {
  const rows = await ctx.db.select().from(contractDrift).orderBy(desc(contractDrift.lastAt)).limit(DRIFT_SHOWN);
  return rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
}

async function readDatabase(ctx: Ctx): Promise<HealthView["database"]> {
  const { rows } = await ctx.db.execute<{ bytes: string; connections: number }>(sql`
    select pg_database_size(current_database()) as bytes,
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections`);
  return { bytes: Number(rows[0]?.bytes ?? 0), connections: rows[0]?.connections ?? 0 };
}
