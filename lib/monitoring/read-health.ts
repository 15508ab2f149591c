import "server-only";
import { desc, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { env } from "@/lib/core/env";
import journal from "@/lib/db/migrations/meta/_journal.json";
import { contractDrift } from "@/lib/db/schema";
import { judgeFacts, newestMigration, readFacts } from "@/lib/doctor";
import type { Check } from "@/lib/doctor/types";
import { countUnsealed, readAppKeys } from "@/lib/keys";
import { currentInstanceId } from "@/lib/process/instance";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { jobs } from "@/lib/runtime";
import { upstreamConfigurations } from "@/lib/settings";
import { readDatabase } from "./read-database";
import { readInstances } from "./read-instances";
import { readJobs } from "./read-jobs";
import { readSync } from "./read-sync";
import { readUpstreamHealth } from "./read-upstream-health";
import type { DriftView, HealthView } from "./types";

const DRIFT_SHOWN = 200;

/** Everything on the health page. Process numbers and latencies are those of the process that answers. */
export async function readHealth({ ctx }: { ctx: Ctx }): Promise<HealthView> {
  const [upstreams, drift, jobViews, sync, database, instances, appKeys, unsealed, checks] = await Promise.all([
    readUpstreamHealth({ ctx }),
    readDrift(ctx),
    readJobs({ ctx, jobs }),
    readSync({ ctx }),
    readDatabase({ ctx }),
    readInstances({ ctx, mine: currentInstanceId() }),
    readAppKeys({ ctx }),
    countUnsealed({ ctx }),
    readChecks(ctx),
  ]);
  return {
    at: ctx.now().toISOString(),
    checks,
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

/** The same as `npm run doctor` says of the database, the work and the upstreams. */
async function readChecks(ctx: Ctx): Promise<Check[]> {
  const { DATA_DIR, DISK_RESERVE_MB, SYNC_INTERVAL_SECONDS } = env();
  const facts = await readFacts((text) => ctx.db.execute(sql.raw(text)), DATA_DIR);
  const disk = readDiskSpace();
  return judgeFacts(facts, {
    now: ctx.now(),
    newestMigration: newestMigration(journal),
    configured: upstreamConfigurations(env()).flatMap(({ upstream, configured }) => (configured ? [upstream] : [])),
    syncSeconds: SYNC_INTERVAL_SECONDS,
    disk: disk && { freeBytes: disk.freeBytes, reserveBytes: DISK_RESERVE_MB * 2 ** 20 },
  });
}

async function readDrift(ctx: Ctx): Promise<DriftView[]> {
  const rows = await ctx.db.select().from(contractDrift).orderBy(desc(contractDrift.lastAt)).limit(DRIFT_SHOWN);
  return rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
}
