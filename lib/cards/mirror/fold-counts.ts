import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";

/** So many rows are summed in less time than it takes to fold them. */
const MANY = 200;

/**
 * Put the rows of `card_count` together that a trigger adds for each statement that writes cards. Never waits: what somebody
 * else is folding is left to them.
 */
export async function foldCounts(tx: Pick<Tx, "execute">, many = MANY): Promise<void> {
  await tx.execute(sql`
    with taken as (
      delete from card_count where ctid = any(array(
        select ctid from card_count where (select count(*) from card_count) > ${many} for update skip locked))
      returning type, gone, redeemed, empty, cards
    )
    insert into card_count (type, gone, redeemed, empty, cards)
    select type, gone, redeemed, empty, sum(cards) from taken group by 1, 2, 3, 4 having sum(cards) <> 0`);
}
