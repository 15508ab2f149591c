import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Job } from "@/lib/runtime";
import type { JobView } from "./types";

type Row = {
  name: string;
  waiting: number;
  active: number;
  failed: number;
  last_done_at: Date | null;
  last_failed_at: Date | null;
};

/**
 * Background jobs as the queue remembers them (finished ones for an hour). Numbers and times only: the error of a
 * failed job may quote data and is in the log.
 */
export async function readJobs({ ctx, jobs }: { ctx: Ctx; jobs: readonly Job[] }): Promise<JobView[]> {
  const queue = await ctx.db.execute<{ exists: boolean }>(sql`select to_regclass('pgboss.job') is not null as exists`);
  const rows = queue.rows[0]?.exists ? (await ctx.db.execute<Row>(counted)).rows : [];
  return jobs.map((job) => {
    const row = rows.find(({ name }) => name === job.name);
    return {
      name: job.name,
      everySeconds: job.everySeconds?.() ?? null,
      waiting: row?.waiting ?? 0,
      active: row?.active ?? 0,
      failed: row?.failed ?? 0,
      lastDoneAt: row?.last_done_at ? new Date(row.last_done_at).toISOString() : null,
      lastFailedAt: row?.last_failed_at ? new Date(row.last_failed_at).toISOString() : null,
    };
  });
}

const counted = sql`
  select name,
    count(*) filter (where state in ('created', 'retry'))::int as waiting,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'failed')::int as failed,
    max(completed_on) filter (where state = 'completed') as last_done_at,
    max(completed_on) filter (where state = 'failed') as last_failed_at
  from pgboss.job group by name`;
