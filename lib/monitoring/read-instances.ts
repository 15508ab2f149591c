import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { InstanceView } from "./types";

type Row = { id: string; host: string; pid: number; started_at: Date };

/** The console processes that are alive: their advisory lock is held. `mine` is the id of this one. */
export async function readInstances({ ctx, mine }: { ctx: Ctx; mine: string | null }): Promise<InstanceView[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select b.id, b.host, b.pid, b.started_at from instance b
    where exists (
      select 1 from pg_locks l
      where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
        and ((l.classid::bigint << 32) | l.objid::bigint) = b.lock_key
    )
    order by b.started_at, b.id`);
  return rows.map(({ id, host, pid, started_at }) => ({
    id,
    host,
    pid,
    startedAt: new Date(started_at).toISOString(),
    mine: id === mine,
  }));
}
