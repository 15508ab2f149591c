import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { cardCount } from "@/lib/db/schema";
import { COUNTED } from "../counted";
import type { CardFilter } from "../types";
import { cardConditions, type Search } from "./card-conditions";

/** `exact` false: there are at least so many. */
export type CardTotal = { total: number; exact: boolean };

/**
 * How many cards a filter matches. Of the common filters it is a sum of kept counts; any other counts to {@link COUNTED}
 * and says when it stopped there, unless `exact` asks for all of them.
 */
export async function countCards(ctx: Ctx, search: Search, { exact }: { exact: boolean }): Promise<CardTotal> {
  const kept = keptCount(search.filter);
  const counted = kept ?? (exact ? wholeCount(search) : countUpTo(search, COUNTED + 1));
  const result = await ctx.db.execute<{ count: string }>(sql`select ${counted} as count`);
  const count = Number(result.rows[0]?.count ?? 0);
  return kept || exact || count <= COUNTED ? { total: count, exact: true } : { total: COUNTED, exact: false };
}

/** The sum of the kept counts of a filter; null if they do not know it. */
export function keptCount(filter: CardFilter): SQL | null {
  const where = keptConditions(filter);
  return where && sql`(select coalesce(sum(cards), 0) from ${cardCount} ${where})`;
}

/** Which kept counts are of the cards that a filter finds; null if it asks for what they do not know. */
export function keptConditions(filter: CardFilter): SQL | null {
  const { types, redeemed, empty, gone, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) return null;
  const conditions = [
    ...(types?.length ? [sql`type = any(${sql.param(types)}::text[])`] : []),
    ...(redeemed === undefined ? [] : [sql`redeemed = ${redeemed}`]),
    ...(empty === undefined ? [] : [sql`empty = ${empty}`]),
    ...(gone === "show" ? [] : [sql`gone = ${gone === "only"}`]),
  ];
  return conditions.length ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
}

const wholeCount = (search: Search): SQL =>
  sql.join(
    listsOf(search).map((where) => sql`(select count(*) from card where ${where})`),
    sql` + `,
  );

function countUpTo(search: Search, most: number): SQL {
  const lists = listsOf(search).map((where) => sql`(select 1 from card where ${where} limit ${most})`);
  return sql`(select count(*) from (select 1 from (${sql.join(lists, sql` union all `)}) lists limit ${most}) counted)`;
}

/** Listed and gone cards have separate indexes: a list of both is two lists. */
export function listsOf(search: Search, conditions: (search: Search) => SQL = cardConditions): SQL[] {
  const { filter } = search;
  const both = filter.gone === "show" && !filter.goneSince && !filter.emptiedSince;
  return both
    ? ([undefined, "only"] as const).map((gone) => conditions({ ...search, filter: { ...filter, gone } }))
    : [conditions(search)];
}
