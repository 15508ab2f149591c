import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { maskPhone } from "@/lib/format/phones";
import type { FoundCustomer } from "../types";
import { spellings } from "./card-ways";

const SHOWN = 5;

type Row = { user_id: string; user_name: string | null; phone: string | null; cards: string };

/**
 * Customers with more than one card, by whole phones and whole user ids; phones stay masked. The caller has counted the
 * phones as searches: it asks `findCards` for them too.
 */
export async function findCustomers({
  ctx,
  input: { phones, ids },
}: {
  ctx: Ctx;
  input: { phones: readonly string[]; ids: readonly string[] };
}): Promise<FoundCustomer[]> {
  if (phones.length + ids.length === 0) return [];
  const { rows } = await ctx.db.execute<Row>(sql`
    with customer as materialized (
      select user_id from card where phone = any(${sql.param(phones.flatMap(spellings))}::text[]) and user_id is not null
      union select user_id from card where user_id = any(${sql.param([...ids])}::text[])
      limit ${SHOWN}
    )
    select user_id, max(user_name) as user_name, max(phone) as phone, count(*) as cards
    from card where user_id = any(array(select user_id from customer))
    group by user_id having count(*) > 1 order by user_id`);
  return rows.map((row) => ({
    userId: row.user_id,
    userName: row.user_name,
    maskedPhone: row.phone && maskPhone(row.phone),
    cards: Number(row.cards),
  }));
}
