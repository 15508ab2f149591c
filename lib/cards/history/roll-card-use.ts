import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";

/** Cards a statement: so many locks nobody waits long for. */
const CHUNK = 5_000;

/**
 * Take the sums of use on to today: what was used eight days ago is no part of seven days any more. Once a day there is
 * something to do; a run that is stopped is gone on with by the next.
 */
export async function rollCardUse({ ctx }: { ctx: Ctx }): Promise<void> {
  const today = sql`(${ctx.now()}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date`;
  for (;;) {
    const { rows } = await ctx.db.execute<{ count: number }>(sql`
      with due as materialized (
        select card_id from card_use where day30 > 0 and as_of < ${today} order by card_id limit ${CHUNK} for update)
      select cardinality(ids) as count, recount_card_use(ids, ${today})
      from (select array(select card_id from due) as ids) chunk`);
    if ((rows[0]?.count ?? 0) < CHUNK) return;
  }
}
