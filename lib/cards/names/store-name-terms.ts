import "server-only";
import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { nameTerms } from "./name-terms";

/** Names between two looks at what else waits: about 1 ms. */
const BREATH = 50;

/** Write what these cards' nicknames are found by; a card without one is found by none. The caller holds the cards' rows. */
export async function storeNameTerms(tx: Tx, cards: readonly { id: string; userName: string | null }[]): Promise<void> {
  if (cards.length === 0) return;
  const rows: { name: string; id: string; terms: string[] }[] = [];
  for (const [place, { id, userName }] of cards.entries()) {
    if (place % BREATH === BREATH - 1) await setImmediate();
    if (userName !== null) rows.push({ name: userName, id, terms: nameTerms(userName) });
  }
  await tx.execute(sql`delete from card_name where card_id = any(${sql.param(cards.map(({ id }) => id))}::text[])`);
  await tx.execute(sql`
    insert into card_name (card_id, user_name, terms)
    select id, name, array_to_tsvector(array(select json_array_elements_text(terms)))
    from json_to_recordset(${JSON.stringify(rows)}::json) as n(name text, id text, terms json) order by id`);
}
