import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { cardCount, UNLIMITED_RANK } from "@/lib/db/schema";
import { COUNTED, SUMMED } from "../counted";
import type { CardFilter, CardSummary } from "../types";
import { allowSearch } from "./allow-search";
import { hasText, type Search } from "./card-conditions";
import { keptConditions, listsOf } from "./count-cards";

type Row = { type: string; cards: string; empty: string; unlimited: string; unknown: string; calls: string };

/**
 * What a filter finds, summed up. Reads at most {@link COUNTED} cards, {@link SUMMED} with a text; of more the sums say "at
 * least". Of the common filters the counts are kept, and exact however many there are. Throws as {@link allowSearch}.
 */
export async function summarizeCards({
  ctx,
  input: { filter },
}: {
  ctx: Ctx;
  input: { filter: CardFilter };
}): Promise<CardSummary> {
  const search = await allowSearch(ctx, { filter });
  const most = hasText(filter) ? SUMMED : COUNTED;
  const read = await readUpTo(ctx, search, most + 1);
  const cards = sum(read, "cards");
  const callsExact = cards <= most;
  const kept = callsExact ? null : await readKept(ctx, filter);
  const counted = kept ?? read;
  return {
    total: kept || callsExact ? sum(counted, "cards") : most,
    exact: callsExact || kept !== null,
    types: counted
      .map(({ type, cards: count }) => ({ type, count: Number(count) }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count),
    empty: sum(counted, "empty"),
    calls: sum(read, "calls"),
    callsExact,
    unlimited: sum(read, "unlimited"),
    unknown: sum(read, "unknown"),
  };
}

/** Unlimited and unknown balances are in no sum of calls. */
async function readUpTo(ctx: Ctx, search: Search, most: number): Promise<Row[]> {
  const lists = listsOf(search).map((where) => sql`(select type, balance_rank from card where ${where} limit ${most})`);
  const { rows } = await ctx.db.execute<Row>(sql`
    select type, count(*) as cards, count(*) filter (where balance_rank = 0) as empty,
      count(*) filter (where balance_rank = ${UNLIMITED_RANK}) as unlimited,
      count(*) filter (where balance_rank is null) as unknown,
      coalesce(sum(balance_rank) filter (where balance_rank < ${UNLIMITED_RANK}), 0) as calls
    from (select * from (${sql.join(lists, sql` union all `)}) lists limit ${most}) found group by type`);
  return rows;
}

async function readKept(ctx: Ctx, filter: CardFilter): Promise<Pick<Row, "type" | "cards" | "empty">[] | null> {
  const where = keptConditions(filter);
  if (!where) return null;
  const { rows } = await ctx.db.execute<Pick<Row, "type" | "cards" | "empty">>(sql`
    select type, sum(cards) as cards, coalesce(sum(cards) filter (where empty), 0) as empty
    from ${cardCount} ${where} group by type`);
  return rows;
}

const sum = <Name extends string>(rows: readonly Record<Name, string>[], name: Name): number =>
  rows.reduce((total, row) => total + Number(row[name]), 0);
