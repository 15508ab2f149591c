import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { foldCode } from "@/lib/format/recognize/fold-code";
import { countSearches } from "@/lib/limits";
import type { CardRow } from "../types";
import { termOf } from "./allow-search";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";
import { isMaskedFor } from "./is-masked-for";

/** Of a phone, customer or code with more cards so many are named. */
export const MATCHED = 20;

type Terms = { phones: readonly string[]; codes: readonly string[]; ids: readonly string[] };

/** A card, whose it is, and for who may see them its phone and code. */
export type MatchedCard = { row: CardRow; userId: string | null; phone: string | null; code: string };

export type CardMatches = {
  cards: ReadonlyMap<string, MatchedCard>;
  /** Ids of the cards that one of the terms has, listed ones first; `more`: there are others. */
  idsOf: (kind: "phone" | "code" | "id", value: string) => { ids: readonly string[]; more: boolean };
};

/**
 * The cards of many whole phones, codes and ids (of a card or a customer) at once: three queries however many there are, each
 * term one look into an index. A code that no card has exactly is also taken as it was read out. For who sees them masked
 * each phone and code counts as a search before anything is looked up: AppError "too_many" above the limit of the hour.
 */
export async function matchCards({ ctx, input }: { ctx: Ctx; input: Terms }): Promise<CardMatches> {
  const { phones, codes, ids } = input;
  if (isMaskedFor(ctx.actor)) await countSearches(ctx, termsOf(input));
  const exact = await select(ctx, [
    waysOf("phone", phones, sql`phone = any(array[term, '86' || term])`),
    waysOf("code", codes, sql`code = term`),
    waysOf("id", ids, sql`id = term`),
    waysOf("id", ids, sql`user_id = term`),
  ]);
  const known = new Set(exact.flatMap(({ kind, term }) => (kind === "code" ? [term] : [])));
  const unknown = codes.filter((code) => !known.has(code));
  const read = await select(ctx, [
    waysOf("code", unique(unknown.map(foldCode)), sql`translate(lower(code), 'liod', '1100') = term`),
  ]);
  const found = Map.groupBy(exact, ({ kind, term }) => `${kind} ${term}`);
  const aloud = Map.groupBy(read, ({ term }) => term);
  const cards = await readRows(ctx, unique([...exact, ...read].map(({ id }) => id)));
  return {
    cards,
    idsOf: (kind, value) => {
      const hits = found.get(`${kind} ${value}`) ?? (kind === "code" ? aloud.get(foldCode(value)) : undefined) ?? [];
      const all = unique(hits.map(({ id }) => id));
      return { ids: all.filter((id) => cards.has(id)).slice(0, MATCHED), more: all.length > MATCHED };
    },
  };
}

/** As the find box counts them, so that what was found there is counted once. */
const termsOf = ({ phones, codes }: Terms): string[] => [
  ...phones.flatMap((whole) => termOf("phone", { whole })),
  ...codes.flatMap((whole) => [...termOf("code", { whole }), ...termOf("code", { whole: foldCode(whole) })]),
];

type Hit = { kind: "phone" | "code" | "id"; term: string; id: string };

/** For each term one look into an index: one condition for all of them may be answered by reading every card. */
function waysOf(kind: Hit["kind"], terms: readonly string[], condition: SQL): SQL[] {
  if (terms.length === 0) return [];
  // By an expression that no index is sorted by: else the planner may walk along that one.
  return [
    sql`select ${kind}::text as kind, term, c.id from unnest(${sql.param([...terms])}::text[]) as term
      cross join lateral (select id from card where ${condition}
        order by (gone_at is not null), created_at desc nulls last, id limit ${sql.raw(String(MATCHED + 1))}) c`,
  ];
}

async function select(ctx: Ctx, ways: SQL[][]): Promise<Hit[]> {
  const parts = ways.flat();
  if (parts.length === 0) return [];
  return (await ctx.db.execute<Hit>(sql.join(parts, sql` union all `))).rows;
}

async function readRows(ctx: Ctx, ids: string[]): Promise<Map<string, MatchedCard>> {
  if (ids.length === 0) return new Map();
  const { rows } = await ctx.db.execute<RawRow & { user_id: string | null }>(sql`
    select ${CARD_COLUMNS}, c.user_id from unnest(${sql.param(ids)}::text[]) as wanted
    cross join lateral (select * from card where card.id = wanted limit 1) c ${LOCKED}`);
  return new Map(
    rows.map((row) => [row.id, { row: toRow(row), userId: row.user_id, phone: row.phone, code: row.code }]),
  );
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
