import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { toDecimal } from "@/lib/format/micro";
import { BILLING_DAYS, type BillingHistoryView } from "./types";

const POINTS = 200;
const DAY_MS = 86_400_000;

type Row = { at: Date; amount: string; points: string };

/**
 * The balance over the last 30 days, or since the first reading if that is later: the last good reading of each of 200
 * equal periods that has one.
 */
export async function readBillingHistory({ ctx }: { ctx: Ctx }): Promise<BillingHistoryView> {
  const to = ctx.now();
  const from = new Date(to.getTime() - BILLING_DAYS * DAY_MS);
  const { rows } = await ctx.db.execute<Row>(sql`
    with reading as (
      select * from billing_reading where at >= ${from} and at <= ${to}
    ), span as (
      select min(at) as start, greatest(extract(epoch from max(at) - min(at)), 1) / ${POINTS} as stretch from reading
    )
    select distinct on (place) at, remaining_amount_micro as amount, remaining_points_micro as points
    from reading, span, least(floor(extract(epoch from at - start) / stretch), ${POINTS - 1}) as place
    order by place, at desc, id desc`);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    points: rows.map((row) => ({
      at: new Date(row.at).toISOString(),
      remainingAmount: toDecimal(BigInt(row.amount)),
      remainingPoints: toDecimal(BigInt(row.points)),
    })),
  };
}
