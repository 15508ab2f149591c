import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { CardUse } from "../types";

type Row = { id: string; today: string; days7: string; days30: string; idle: number };

/** What was used of these cards, by id; a card that was never seen to be used is left out. */
export async function readCardUse({
  ctx,
  input: { ids },
}: {
  ctx: Ctx;
  input: { ids: string[] };
}): Promise<Record<string, CardUse>> {
  const today = sql`(${ctx.now()}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date`;
  // A row of a day that is over has counted nothing today.
  const { rows } = await ctx.db.execute<Row>(sql`
    select card_id as id, case when as_of >= ${today} then day1 else 0 end as today, day7 as days7, day30 as days30,
      greatest(0, ${today} - last_day) as idle
    from card_use where card_id = any(${sql.param(ids)}::text[])`);
  return Object.fromEntries(
    rows.map(({ id, today: used, days7, days30, idle }) => [
      id,
      { today: Number(used), days7: Number(days7), days30: Number(days30), idleDays: idle },
    ]),
  );
}
