import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { type Sweep, sweep } from "@/lib/db/sweep";
import { readRetentionStart } from "@/lib/settings";

/**
 * Delete events and daily use of cards older than the setting says. In small steps: a run that is stopped is gone on with
 * by the next. Returns how many rows of each went.
 */
export async function pruneHistory({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Sweep;
}): Promise<{ events: number; days: number }> {
  const before = await readRetentionStart({ ctx });
  const firstDay = sql`(${before}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date`;
  const events = await sweep(
    ctx.db,
    (limit) => sql`
    delete from card_event where id in (select id from card_event where at < ${before} order by at limit ${limit})`,
    input,
  );
  const days = await sweep(
    ctx.db,
    // Their sums are locked before they are made again: a sync may be about to commit newer ones.
    (limit) => sql`
    with old as materialized (
      select card_id, day from card_daily_use where day < ${firstDay} order by day limit ${limit}
    ), sums as materialized (
      select from card_use where card_id in (select card_id from old) order by card_id for update
    )
    delete from card_daily_use where (card_id, day) in (select card_id, day from old)
      and (select count(*) from sums) >= 0`,
    input,
  );
  return { events, days };
}
