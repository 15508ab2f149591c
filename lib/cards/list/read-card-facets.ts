import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { card } from "@/lib/db/schema";
import type { CardFacets } from "../types";

const CACHE_MS = 10_000;

let cached: { at: number; facets: Promise<CardFacets> } | undefined;

/**
 * Counts over the whole mirror, for the filter form. They need a pass over the table, so they are cached for ten
 * seconds and never part of a page's query.
 */
export async function cardFacets({ ctx }: { ctx: Ctx }): Promise<CardFacets> {
  const at = ctx.now().getTime();
  if (cached && at - cached.at < CACHE_MS) return cached.facets;
  const facets = countFacets(ctx);
  cached = { at, facets };
  facets.catch(() => {
    cached = undefined;
  });
  return facets;
}

async function countFacets(ctx: Ctx): Promise<CardFacets> {
  const live = sql`${card.goneAt} is null`;
  const count = (condition = sql`true`) => sql<number>`(count(*) filter (where ${live} and ${condition}))::int`;
  const rows = await ctx.db
    .select({
      type: card.type,
      count: count(),
      redeemed: count(sql`${card.phone} is not null`),
      empty: count(sql`${card.balanceRank} = 0`),
      gone: sql<number>`(count(*) filter (where not (${live})))::int`,
    })
    .from(card)
    .groupBy(card.type)
    .orderBy(sql`length(${card.type})`, card.type);
  const sum = (key: "count" | "redeemed" | "empty" | "gone") => rows.reduce((total, row) => total + row[key], 0);
  return {
    total: sum("count"),
    types: rows.filter((row) => row.count > 0).map(({ type, count: n }) => ({ type, count: n })),
    redeemed: sum("redeemed"),
    empty: sum("empty"),
    gone: sum("gone"),
  };
}
