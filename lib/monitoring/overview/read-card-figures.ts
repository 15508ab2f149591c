import "server-only";
import { sql } from "drizzle-orm";
import { PAID_TYPES } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { UNLIMITED_RANK } from "@/lib/db/schema";
import { SOLD_CALLS } from "./sold-calls";
import type { BalanceView, LowCardsView, TypeTotal } from "./types";

/** Lower edges, in calls, in steps of 1, 2, 5; the first bucket is exactly 0. */
const EDGES = [0, 1, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;

/** How many listed cards of a type lie in one bucket, "unlimited" or "unknown", what they sum up to, and how many are low. */
type Row = { type: string; place: string; cards: number; balance: number; low: number };

export type CardFigures = Pick<LowCardsView, "low" | "empty"> & {
  /** Documented types first. */
  types: TypeTotal[];
  /** Of the paid cards. */
  balances: BalanceView;
};

/** What the overview counts and sums up of all listed cards, by one pass over them. */
export async function readCardFigures({ ctx }: { ctx: Ctx }): Promise<CardFigures> {
  const edges = sql.raw(`array[${EDGES.join(",")}]::bigint[]`);
  const sold = sql.raw(
    Object.entries(SOLD_CALLS)
      .map(([type, calls]) => `when '${type}' then ${calls}`)
      .join(" "),
  );
  // By the rank, which an index has with the type: then no row of the table is read.
  const { rows } = await ctx.db.execute<Row>(sql`
    select type, coalesce(place, 'unknown') as place, count(*)::int as cards,
      coalesce(sum(balance_rank) filter (where place <> 'unlimited'), 0)::float8 as balance,
      (count(*) filter (where balance_rank > 0 and balance_rank / (case type ${sold} end)::float8 <= 0.1))::int as low
    from card, lateral (select case when balance_rank = ${UNLIMITED_RANK} then 'unlimited'
      else width_bucket(balance_rank, ${edges})::text end as place) bucket
    where gone_at is null group by type, place order by length(type), type`);
  return { types: typeTotals(rows), ...lowTotals(rows), balances: spread(rows) };
}

function typeTotals(rows: readonly Row[]): TypeTotal[] {
  const totals = new Map<string, TypeTotal>();
  for (const { type, place, cards, balance } of rows) {
    const total = totals.get(type) ?? { type, cards: 0, counted: 0, balance: 0, unlimited: 0, unknown: 0 };
    const kind = place === "unlimited" || place === "unknown" ? place : "counted";
    totals.set(type, {
      ...total,
      cards: total.cards + cards,
      balance: total.balance + balance,
      [kind]: total[kind] + cards,
    });
  }
  return [...totals.values()];
}

function lowTotals(rows: readonly Row[]): Pick<LowCardsView, "low" | "empty"> {
  const known = rows.filter(({ type }) => type in SOLD_CALLS);
  return { low: sumOf(known.map(({ low }) => low)), empty: cardsAt(known, bucket(0)) };
}

function spread(rows: readonly Row[]): BalanceView {
  const paid = rows.filter(({ type }) => PAID_TYPES.includes(type));
  return {
    buckets: EDGES.map((from, index) => {
      const next = EDGES[index + 1];
      return { from, to: next === undefined ? null : next - 1, cards: cardsAt(paid, bucket(index)) };
    }),
    unlimited: cardsAt(paid, "unlimited"),
    unknown: cardsAt(paid, "unknown"),
  };
}

/** As PostgreSQL numbers them: 0 is below the first edge. */
const bucket = (index: number) => String(index + 1);
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
const cardsAt = (rows: readonly Row[], place: string): number =>
  sumOf(rows.filter((row) => row.place === place).map(({ cards }) => cards));
