import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { maskPhone } from "@/lib/format/phones";
import type { FoundCustomer } from "../types";
import { nameAndEnd, spellings } from "./card-ways";
import { isMaskedFor } from "./is-masked-for";

const SHOWN = 5;
/** Of a name beside last 4 digits so many cards are looked at. */
const LOOKED_AT = 50;

type Row = { user_id: string; user_name: string | null; phone: string | null; cards: string };

/** Of the first of their cards that has one, in the order of their page: listed ones first. */
const firstOf = (column: "user_name" | "phone"): SQL =>
  sql.raw(`(array_agg(${column} order by gone_at is not null, created_at desc nulls last, id)
    filter (where ${column} is not null))[1]`);

type Input = {
  phones: readonly string[];
  ids: readonly string[];
  /** A name beside last 4 digits means both at once; either alone is nobody. */
  names: readonly string[];
  ends: readonly string[];
};

/**
 * Customers by whole phones, whole user ids, and a name with last 4 digits; phones stay masked. The caller has counted what
 * it looks for as searches: it asks `findCards` for them too.
 */
export async function findCustomers({
  ctx,
  input: { phones, ids, names, ends },
}: {
  ctx: Ctx;
  input: Input;
}): Promise<FoundCustomer[]> {
  const pairs = nameAndEnd(names, ends, isMaskedFor(ctx.actor)).map(({ cards }) => sql`(${cards} limit ${LOOKED_AT})`);
  if (phones.length + ids.length + pairs.length === 0) return [];
  const named = sql.join([sql`(select null::text as id where false)`, ...pairs], sql` union all `);
  const { rows } = await ctx.db.execute<Row>(sql`
    with named as materialized (${named}), customer as materialized (
      select user_id from card where phone = any(${sql.param(phones.flatMap(spellings))}::text[]) and user_id is not null
      union select user_id from card where user_id = any(${sql.param([...ids])}::text[])
      union select one.user_id from named
        cross join lateral (select user_id from card where card.id = named.id limit 1) one where one.user_id is not null
      limit ${SHOWN}
    )
    select user_id, ${firstOf("user_name")} as user_name, ${firstOf("phone")} as phone, count(*) as cards
    from card where user_id = any(array(select user_id from customer))
    group by user_id order by user_id`);
  return rows.map((row) => ({
    userId: row.user_id,
    userName: row.user_name,
    maskedPhone: row.phone && maskPhone(row.phone),
    cards: Number(row.cards),
  }));
}
