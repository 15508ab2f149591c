import "server-only";
import { and, inArray, isNull, sql } from "drizzle-orm";
import { PAID_TYPES } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { card } from "@/lib/db/schema";
import type { BalanceView } from "./types";

/** Lower edges, in calls, in steps of 1, 2, 5; the first bucket is exactly 0. */
const EDGES = [0, 1, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;

/** The distribution of the paid cards' balances. */
export async function readBalances({ ctx }: { ctx: Ctx }): Promise<BalanceView> {
  const bucket = sql<number>`width_bucket(${card.balance}, ${sql.raw(`array[${EDGES.join(",")}]::bigint[]`)})`;
  const place = sql<string>`case when ${card.unlimited} then 'unlimited' else coalesce(${bucket}::text, 'unknown') end`;
  const rows = await ctx.db
    .select({ place, cards: sql<number>`count(*)::int` })
    .from(card)
    .where(and(isNull(card.goneAt), inArray(card.type, [...PAID_TYPES])))
    .groupBy(sql`1`);
  const cardsAt = (name: string) => rows.find((row) => row.place === name)?.cards ?? 0;
  return {
    buckets: EDGES.map((from, index) => {
      const next = EDGES[index + 1];
      return { from, to: next === undefined ? null : next - 1, cards: cardsAt(String(index + 1)) };
    }),
    unlimited: cardsAt("unlimited"),
    unknown: cardsAt("unknown"),
  };
}
