import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { cardCount } from "@/lib/db/schema";
import { together } from "@/lib/db/together";
import type { CardFacets } from "../types";

type Count = { type: string; count: number; redeemed: number; empty: number; gone: number };

const sum = (condition: string) => sql.raw(`coalesce(sum(cards) filter (where ${condition}), 0)::int`);

/** As part of another statement: counts over the whole mirror, sums of the kept counts. */
export const facets = sql`(select coalesce(json_agg(counts order by length(type), type), '[]') from (
  select type, ${sum("not gone")} as count, ${sum("not gone and redeemed")} as redeemed,
    ${sum("not gone and empty")} as empty, ${sum("gone")} as gone
  from ${cardCount} group by type) counts)`.mapWith((rows: Count[]): CardFacets => {
  const total = (key: "count" | "redeemed" | "empty" | "gone") => rows.reduce((all, row) => all + row[key], 0);
  return {
    total: total("count"),
    types: rows.filter((row) => row.count > 0).map((row) => ({ type: row.type, count: row.count })),
    redeemed: total("redeemed"),
    empty: total("empty"),
    gone: total("gone"),
  };
});

const read = together({ facets });

/** Counts over the whole mirror, for the filter form. */
export async function cardFacets({ ctx }: { ctx: Ctx }): Promise<CardFacets> {
  return (await read(ctx.db)).facets;
}
