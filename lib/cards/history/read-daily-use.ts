import "server-only";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { dailyUseSchema } from "../schemas";

/** Calls used on each day of the display zone, oldest first and none left out, from the day the cards were first seen. */
export type DailyUse = { days: { day: string; calls: number }[] };

/** What the owners of these cards used, day by day: falls of the balances that are not ours. */
export async function readDailyUse({
  ctx,
  input: { cardIds, days },
}: {
  ctx: Ctx;
  input: z.output<typeof dailyUseSchema>;
}): Promise<DailyUse> {
  const ids = sql.param([...new Set(cardIds)]);
  const dayOf = (at: unknown) => sql`(${at} at time zone ${env().TZ_DISPLAY}::text)::date`;
  const today = dayOf(sql`${ctx.now()}::timestamptz`);
  // Timestamps without a zone: with the server's own zone a day whose midnight its clocks skip would move all days after it.
  const { rows } = await ctx.db.execute<{ day: string; calls: string }>(sql`
    select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(sum(u.calls), 0) as calls
    from generate_series(
      greatest(${today} - ${days - 1}::int, (select min(${dayOf(sql`first_seen_at`)}) from card where id = any(${ids}::text[])))::timestamp,
      ${today}::timestamp, interval '1 day') as d(day)
    left join card_daily_use u on u.day = d.day::date and u.card_id = any(${ids}::text[])
    group by d.day order by d.day`);
  return { days: rows.map(({ day, calls }) => ({ day, calls: Number(calls) })) };
}
