import "server-only";
import { desc } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { contractDrift } from "@/lib/db/schema";
import { countUnsealed, readAppKeys } from "@/lib/keys";
import { currentInstanceId } from "@/lib/process/instance";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { jobs } from "@/lib/runtime";
import { readDatabase } from "./read-database";
import { readInstances } from "./read-instances";
import { readJobs } from "./read-jobs";
import { readSync } from "./read-sync";
import { readUpstreamHealth } from "./read-upstream-health";
import type { DriftView, HealthView } from "./types";

const DRIFT_SHOWN = 200;

/** Everything on the health page. Process numbers and latencies are those of the process that answers. */
export async function readHealth({ ctx }: { ctx: Ctx }): Promise<HealthView> {
  const [upstreams, drift, jobViews, sync, database, instances, appKeys, unsealed] = await Promise.all([
    readUpstreamHealth({ ctx }),
    readDrift(ctx),
    readJobs({ ctx, jobs }),
    readSync({ ctx }),
    readDatabase({ ctx }),
    readInstances({ ctx, mine: currentInstanceId() }),
    readAppKeys({ ctx }),
    countUnsealed({ ctx }),
  ]);
  return {
    at: ctx.now().toISOString(),
    upstreams,
    drift,
    jobs: jobViews,
    sync,
    database,
    instances,
    appKeys,
    unsealed,
    process: { memoryBytes: process.memoryUsage.rss(), uptimeSeconds: Math.round(process.uptime()) },
    disk: readDiskSpace(),
    unrecorded: unrecordedOutcomes(),
  };
}

async function readDrift(ctx: Ctx): Promise<DriftView[]> {
  const rows = await ctx.db.select().from(contractDrift).orderBy(desc(contractDrift.lastAt)).limit(DRIFT_SHOWN);
  return rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
}
