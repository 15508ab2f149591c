import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { CardList, CardQuery, CardSort } from "../types";
import { allowSearch } from "./allow-search";
import { cardConditions, hasText, type Search } from "./card-conditions";
import { cardOrder, sortExpression } from "./card-order";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";

/** Pages up to this row are read without knowing the total; later ones from whichever end is nearer. */
const NEAR = 2_000;

/**
 * One page of the mirror, filtered and sorted over the whole set, with the exact total. A page past the end becomes the
 * last one. Phones and codes are masked. Throws AppError "bad_input" or "too_many" for a search that the actor may not
 * make; see {@link allowSearch}.
 */
export async function listCards({ ctx, input }: { ctx: Ctx; input: CardQuery }): Promise<CardList> {
  const { filter, sort, page, size } = input;
  const search = await allowSearch(ctx, { filter, sort });
  const read = hasText(filter) ? readFew : readMany;
  const first = await read(ctx, { search, sort, page, size });
  const last = Math.max(1, Math.ceil(first.total / size));
  if (page <= last) return first;
  return read(ctx, { search, sort, page: last, size });
}

type Query = { search: Search } & Omit<CardQuery, "filter">;

/** A text matches few rows, but how few is not known: find them all once, count and sort those. */
async function readFew(ctx: Ctx, { search, sort, page, size }: Query): Promise<CardList> {
  const order = cardOrder(sort, { key: sql`key` });
  const result = await ctx.db.execute<RawRow & { total: string }>(sql`
    with hits as materialized (
      select id, ${sortExpression(sort)} as key from card where ${cardConditions(search)}
    ), page as (
      select id, row_number() over (order by ${order}) as place from hits
      order by place limit ${size} offset ${(page - 1) * size}
    ), rows as (
      select page.place, ${CARD_COLUMNS} from page join card c on c.id = page.id ${LOCKED}
    )
    select total.count as total, rows.* from (select count(*) from hits) total left join rows on true order by place`);
  const total = Number(result.rows[0]?.total ?? 0);
  return { rows: result.rows.filter((row) => row.id !== null).map(toRow), total, page, size };
}

/** Broad filters: count separately, and follow the sort's index to the page. */
async function readMany(ctx: Ctx, { search, sort, page, size }: Query): Promise<CardList> {
  const offset = (page - 1) * size;
  if (offset + size <= NEAR) {
    const [total, rows] = await Promise.all([
      countCards(ctx, search),
      readRows(ctx, search, pageOf(sort, { size, offset })),
    ]);
    return { rows, total, page, size };
  }
  const total = await countCards(ctx, search);
  const left = total - offset;
  if (left <= 0) return { rows: [], total, page, size };
  if (left > offset) return { rows: await readRows(ctx, search, pageOf(sort, { size, offset })), total, page, size };
  const fromEnd = { size: Math.min(size, left), offset: Math.max(0, left - size), backwards: true };
  const rows = await readRows(ctx, search, pageOf(sort, fromEnd));
  return { rows: rows.reverse(), total, page, size };
}

/** Listed and gone cards have separate indexes: a list of both is two lists. */
function listsOf({ filter, masked }: Search): SQL[] {
  const both = filter.gone === "show";
  return both
    ? ([undefined, "only"] as const).map((gone) => cardConditions({ filter: { ...filter, gone }, masked }))
    : [cardConditions({ filter, masked })];
}

async function countCards(ctx: Ctx, search: Search): Promise<number> {
  const counts = listsOf(search).map((where) => sql`(select count(*) from card where ${where})`);
  const result = await ctx.db.execute<{ count: string }>(sql`select ${sql.join(counts, sql` + `)} as count`);
  return Number(result.rows[0]?.count ?? 0);
}

type Page = { key: SQL; order: SQL; merged: SQL; size: number; offset: number };

function pageOf(
  sort: CardSort,
  { size, offset, backwards = false }: { size: number; offset: number; backwards?: boolean },
): Page {
  const merged = cardOrder(sort, { backwards, key: sql`key` });
  return { key: sortExpression(sort), order: cardOrder(sort, { backwards }), merged, size, offset };
}

/** The ids come from the indexes alone; full rows are fetched for one page only. */
async function readRows(ctx: Ctx, search: Search, { key, order, merged, size, offset }: Page) {
  const lists = listsOf(search).map(
    (where) => sql`(select id, ${key} as key from card where ${where} order by ${order} limit ${offset + size})`,
  );
  const result = await ctx.db.execute<RawRow>(sql`
    select ${CARD_COLUMNS} from card c ${LOCKED} where c.id in (
      select id from (${sql.join(lists, sql` union all `)}) lists order by ${merged} limit ${size} offset ${offset})
    order by ${order}`);
  return result.rows.map(toRow);
}
