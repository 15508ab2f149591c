import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { FEW, NEAR_SPOKEN, SPOKEN_AT_LEAST, WALKED, WALKED_SPOKEN } from "../counted";
import { areNamesFilled } from "../names/are-names-filled";
import { termsHaveWritten } from "../names/name-terms";
import type { CardList, CardQuery, CardSort } from "../types";
import { allowSearch } from "./allow-search";
import {
  besidesName,
  cardConditions,
  conditionsInTurn,
  hasText,
  listed,
  nameWays,
  type Search,
} from "./card-conditions";
import { cardOrder, columnOfUse, sortExpression } from "./card-order";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";
import { countCards, keptCount, listsOf } from "./count-cards";
import { readSpoken, spokenAlone } from "./read-spoken";

/** Pages up to this row are read without knowing the total; later ones from whichever end is nearer. */
const NEAR = 2_000;

/**
 * One page of the mirror, filtered and sorted over the whole set, with its total: exact, or at least so many where a count
 * would keep the page waiting and was not asked for. A page past the end becomes the last one. Phones and codes are masked.
 * Throws AppError "bad_input" or "too_many" for a search that the actor may not make; see {@link allowSearch}.
 */
export async function listCards({ ctx, input }: { ctx: Ctx; input: CardQuery }): Promise<CardList> {
  const { filter, ...asked } = input;
  const allowed = await allowSearch(ctx, { filter, sort: input.sort });
  const mayKnow = filter.name !== undefined && termsHaveWritten(filter.name);
  const search = { ...allowed, namesFilled: mayKnow && (await areNamesFilled(ctx.db)) };
  const read = hasText(filter) ? readFew : readMany;
  const first = await read(ctx, { search, ...asked });
  if (first.rows.length > 0 || input.page === 1) return first;
  const { total } = first.exact ? first : await countCards(ctx, search, { exact: true });
  return read(ctx, { search, ...asked, page: Math.max(1, Math.ceil(total / input.size)) });
}

type Query = { search: Search } & Omit<CardQuery, "filter">;

/**
 * A text matches few rows, but how few is not known: find them all once, count and sort those. When there turn out to be
 * many a near page is read from the sort's index instead, and their number is left for whoever asks.
 */
async function readFew(ctx: Ctx, query: Query): Promise<CardList> {
  const { search, sort, page, size, exact = false } = query;
  const offset = (page - 1) * size;
  const spoken = spokenAlone(search, sort);
  if (spoken && (exact || offset + size > NEAR_SPOKEN)) return readSpoken(ctx, { ...query, spoken });
  const all = exact || offset + size > NEAR;
  const order = cardOrder(sort, { key: sql`key` });
  const result = await ctx.db.execute<RawRow & { total: string; cut: boolean }>(sql`
    with ${hitsOf(search, sortExpression(sort), all)}, total as (
      select count(*) as count from hits
    ), page as (
      select id, key from hits order by ${order} limit ${size} offset ${offset}
    ), rows as (
      select page.key, ${CARD_COLUMNS} from page join card c on c.id = page.id ${LOCKED}
    )
    select total.count as total, cut.cut, rows.* from total cross join cut left join rows on true order by ${order}`);
  const [head] = result.rows;
  const total = Number(head?.total ?? 0);
  if (!head?.cut)
    return { rows: result.rows.filter((row) => row.id !== null).map(toRow), total, exact: true, page, size };
  const walked = spoken ? WALKED_SPOKEN : WALKED;
  const rows = await readRows(ctx, search, { ...pageOf(sort, { size, offset }), walked });
  // They are too far apart in this order: all of them are then found and sorted.
  if (rows.length < size) return readFew(ctx, { ...query, exact: true });
  // What was found so far may all have been refused by the filter's other conditions.
  return { rows, total: Math.max(total - 1, offset + rows.length), exact: false, page, size };
}

/** As `hits` the cards that a filter with a text finds, and as `cut` whether, unless `all` are wanted, there are more. */
function hitsOf(search: Search, key: SQL, all: boolean): SQL {
  const select = (from: SQL, where: SQL) => sql`select id, ${key} as key from ${from} where ${where}`;
  const most = all ? sql`` : sql`limit ${FEW + 1}`;
  const isCut = (from: SQL) => (all ? sql`false` : sql`(select count(*) from ${from}) > ${FEW}`);
  const { name } = search.filter;
  const ways = name === undefined ? null : nameWays(name, search.namesFilled);
  if (!ways?.pinyin)
    return sql`
      hits as materialized (${select(sql`card`, cardConditions(search))} ${most}),
      cut as (select ${isCut(sql`hits`)} as cut)`;
  const { written, pinyin } = ways;
  // The pinyin mostly finds cards that are so written too: those are not looked up again.
  const besides = sql`and not exists (select from written where id = card_id) and not ${isCut(sql`written`)}`;
  const others = sql`select card_id from card_name where ${pinyin} ${written ? besides : sql``} ${most}`;
  // One by one each card costs five blocks; in the order of their ids each block of the index is read once.
  const some = all ? sql`` : sql`limit case when ${isCut(sql`others`)} then ${SPOKEN_AT_LEAST}::int end`;
  const ids = sql`array(select card_id from others order by card_id ${some})`;
  // By their ids alone ("offset 0"): another condition's index would have each of its cards sought in that array.
  const spoken = sql`(select * from card where ${listed(search.filter)} and id = any(${ids}) offset 0) card`;
  return sql`
    written as materialized (${select(sql`card`, cardConditions(search, { name: written ?? sql`false` }))} ${most}),
    others as ${all ? sql`` : sql`materialized`} (${others}),
    spoken as materialized (${select(spoken, besidesName(search))}),
    hits as not materialized (select * from written union all select * from spoken),
    cut as (select ${isCut(sql`written`)} or ${isCut(sql`others`)} as cut)`;
}

/** Broad filters: count separately, and follow the sort's index to the page. */
async function readMany(ctx: Ctx, { search, sort, page, size, exact = false }: Query): Promise<CardList> {
  const offset = (page - 1) * size;
  const isNear = offset + size <= NEAR;
  const kept = isNear && keptCount(search.filter);
  if (kept) {
    const { rows, total } = await readCounted(ctx, search, { ...pageOf(sort, { size, offset }), total: kept });
    // The total stands in the rows: a page past the end has none.
    if (rows.length > 0 || page === 1) return { rows, total: total ?? 0, exact: true, page, size };
  }
  const counting = countCards(ctx, search, { exact });
  const reading = isNear ? readRows(ctx, search, pageOf(sort, { size, offset })) : null;
  const [counted, near] = await Promise.all([counting, reading]);
  if (near) return { rows: near, ...counted, page, size };
  const left = counted.total - offset;
  // Where the end is not known it can't be read from there.
  if (!counted.exact || left > offset)
    return { rows: await readRows(ctx, search, pageOf(sort, { size, offset })), ...counted, page, size };
  if (left <= 0) return { rows: [], ...counted, page, size };
  const fromEnd = { size: Math.min(size, left), offset: Math.max(0, left - size), backwards: true };
  const rows = await readRows(ctx, search, pageOf(sort, fromEnd));
  return { rows: rows.reverse(), ...counted, page, size };
}

type Page = { sort: CardSort; backwards: boolean; order: SQL; merged: SQL; size: number; offset: number } & {
  /** Only among so many cards of each list that the filter is then asked of one by one. */
  walked?: number;
  /** How many there are, from the same statement. */
  total?: SQL;
};

function pageOf(
  sort: CardSort,
  { size, offset, backwards = false }: { size: number; offset: number; backwards?: boolean },
): Page {
  const merged = cardOrder(sort, { backwards, key: sql`key` });
  return { sort, backwards, order: cardOrder(sort, { backwards }), merged, size, offset };
}

const readRows = async (...asked: Parameters<typeof readCounted>) => (await readCounted(...asked)).rows;

/** The ids come from the indexes alone; full rows are fetched for one page only. */
async function readCounted(ctx: Ctx, search: Search, page: Page) {
  const { sort, order, merged, size, offset, walked, total = sql`null` } = page;
  const column = columnOfUse(sort);
  const key = sortExpression(sort);
  const most = sql`limit ${offset + size}`;
  const everything = listsOf(unfiltered(search));
  // Asked again of those that are walked past, it would need the card itself and not its index alone.
  const conditions = (each: Search) => conditionsInTurn(each, { amongListed: walked !== undefined && !column });
  const lists = listsOf(search, conditions).flatMap((where, list) => {
    if (column) return listsByUse(where, column, page).map((used) => sql`(${used} ${most})`);
    const among = walked && sql`(select * from card where ${everything[list]} order by ${order} limit ${walked})`;
    return [sql`(select id, ${key} as key from ${among ?? sql``} card where ${where} order by ${order} ${most})`];
  });
  const { rows } = await ctx.db.execute<RawRow & { total: string | null }>(sql`
    select ${CARD_COLUMNS}, ${total} as total from card c ${LOCKED} where c.id in (
      select id from (${sql.join(lists, sql` union all `)}) lists order by ${merged} limit ${size} offset ${offset})
    order by ${order}`);
  return { rows: rows.map(toRow), total: rows[0] && Number(rows[0].total) };
}

/** The same lists, listed or gone cards, with all that are in them. */
const unfiltered = ({ filter: { gone, goneSince, emptiedSince }, masked }: Search): Search => ({
  filter: { gone, goneSince, emptiedSince },
  masked,
});

/** Cards that were used, from the index of that use, and the others by id: those have no use to be sorted by. */
function listsByUse(where: SQL, column: SQL, { sort, backwards }: Page): SQL[] {
  const direction = sql.raw(sort.desc === backwards ? "asc" : "desc");
  return [
    sql`select id, key::bigint from (select card_id, ${column} as key from card_use) used join card on id = card_id
      where ${where} order by used.key ${direction}, card_id ${direction}`,
    sql`select id, null::bigint as key from card
      where ${where} and not exists (select from card_use where card_id = id) order by id ${direction}`,
  ];
}
