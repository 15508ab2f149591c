import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { readSettings } from "@/lib/settings";

/** Rows per statement: short locks, and a stop in between is quick. */
const CHUNK = 5_000;
const DAY_MS = 86_400_000;

type Input = { signal?: AbortSignal; chunk?: number };

/**
 * Delete events and daily use of cards older than the setting says. In small steps: a run that is stopped is gone on with
 * by the next. Returns how many rows of each went.
 */
export async function pruneHistory({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<{ events: number; days: number }> {
  const { signal, chunk = CHUNK } = input;
  const { retention } = await readSettings({ ctx });
  const before = new Date(ctx.now().getTime() - retention.days * DAY_MS);
  const firstDay = sql`(${before}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date`;
  const sweep = async (statement: SQL): Promise<number> => {
    let deleted = 0;
    for (;;) {
      const { rowCount } = await ctx.db.execute(statement);
      deleted += rowCount ?? 0;
      if (!rowCount || rowCount < chunk || signal?.aborted) return deleted;
    }
  };
  const events = await sweep(sql`
    delete from card_event where id in (select id from card_event where at < ${before} order by at limit ${chunk})`);
  const days = await sweep(sql`
    delete from card_daily_use where (card_id, day) in
      (select card_id, day from card_daily_use where day < ${firstDay} order by day limit ${chunk})`);
  return { events, days };
}
