import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { FEW } from "../counted";
import type { CardList, CardQuery, CardSort } from "../types";
import { cardConditions, listed, nameWays, type Search } from "./card-conditions";
import { cardOrder, columnOfUse, sortExpression } from "./card-order";
import { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./card-row";

/** The condition on `card_name`, if nothing else is asked of listed cards, and their order is one of an index. */
export function spokenAlone({ filter: { name, ...others }, namesFilled }: Search, sort: CardSort): SQL | null {
  const asked = Object.values(others).some((value) => value !== undefined);
  if (name === undefined || asked || columnOfUse(sort)) return null;
  const { written, pinyin } = nameWays(name, namesFilled);
  return written ? null : pinyin;
}

/** `spoken`: see {@link spokenAlone}. */
type Asked = Omit<CardQuery, "filter" | "exact"> & { search: Search; spoken: SQL };

/**
 * Any page of the cards whose nickname is spoken like a text, with their exact total: as many as `card_name` has, less the
 * gone ones. Few are looked up and sorted; of many the page is read along the order, from whichever end is nearer.
 */
export async function readSpoken(ctx: Ctx, { search, spoken, sort, page, size }: Asked): Promise<CardList> {
  const key = sortExpression(sort);
  const offset = sql`${(page - 1) * size}::int`;
  // "is true": the planner would make a join of it, and look each of them up.
  const among = sql`(id in (select unnest(ids) from spoken)) is true`;
  const along = (backwards: boolean, most: SQL, skipped: SQL) => sql`
    (select id, ${key} as key from card where ${cardConditions(search, { name: among })}
      order by ${cardOrder(sort, { backwards })} limit (select ${most} from counted) offset (select ${skipped} from counted))`;
  const fromStart = along(false, sql`case when from_end or few then 0 else ${size}::int end`, offset);
  const left = sql`greatest(0, least(${size}::int, total - ${offset}))`;
  const fromEnd = along(
    true,
    sql`case when from_end and not few then ${left} else 0 end`,
    sql`greatest(0, total - ${offset} - ${size}::int)`,
  );
  const order = cardOrder(sort, { key: sql`key` });
  const result = await ctx.db.execute<RawRow & { total: string }>(sql`
    with spoken as materialized (
      select array(select card_id from card_name where ${spoken}
        and not exists (select from card where id = card_id and gone_at is not null)) as ids
    ), counted as materialized (
      select cardinality(ids) as total, cardinality(ids) <= ${FEW} as few, 2 * ${offset} > cardinality(ids) as from_end
      from spoken
    ), looked as (
      select id, ${key} as key from (select * from card where ${listed(search.filter)}
        and id = any((select ids from spoken, counted where few)::text[]) offset 0) card
      order by ${order} limit ${size} offset ${offset}
    ), page as (
      select * from (select * from looked union all ${fromStart} union all ${fromEnd}) ways limit ${size}
    ), rows as (
      select page.key, ${CARD_COLUMNS} from page join card c on c.id = page.id ${LOCKED}
    )
    select total, rows.* from counted left join rows on true order by ${order}`);
  const rows = result.rows.filter((row) => row.id !== null).map(toRow);
  return { rows, total: Number(result.rows[0]?.total ?? 0), exact: true, page, size };
}
