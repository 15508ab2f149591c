import "server-only";
import { and, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { prepared } from "@/lib/db/prepared";
import { cardCount } from "@/lib/db/schema";
import type { CardFacets } from "../types";

const countsByType = prepared((db) => {
  const { type, cards, gone, redeemed, empty } = cardCount;
  const live = sql`not ${gone}`;
  const count = (condition?: SQL) =>
    sql<number>`coalesce(sum(${cards}) filter (where ${and(live, condition)}), 0)::int`;
  return db
    .select({
      type,
      count: count(),
      redeemed: count(sql`${redeemed}`),
      empty: count(sql`${empty}`),
      gone: sql<number>`coalesce(sum(${cards}) filter (where ${gone}), 0)::int`,
    })
    .from(cardCount)
    .groupBy(type)
    .orderBy(sql`length(${type})`, type);
});

/** Counts over the whole mirror, for the filter form: sums of the kept counts. */
export async function cardFacets({ ctx }: { ctx: Ctx }): Promise<CardFacets> {
  const rows = await countsByType(ctx.db).execute();
  const sum = (key: "count" | "redeemed" | "empty" | "gone") => rows.reduce((total, row) => total + row[key], 0);
  return {
    total: sum("count"),
    types: rows.filter((row) => row.count > 0).map((row) => ({ type: row.type, count: row.count })),
    redeemed: sum("redeemed"),
    empty: sum("empty"),
    gone: sum("gone"),
  };
}
