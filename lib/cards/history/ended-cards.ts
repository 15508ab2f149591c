import "server-only";
import { type SQL, sql } from "drizzle-orm";

/** As the index `card_event_end_idx` has them. */
const ENDS = {
  gone: sql`kind = 'gone'`,
  emptied: sql`kind = 'balance' and after = '0' and before is not null`,
};

/**
 * The ids, as `card_id`, of cards that vanished or were used up at a time that `isThen` (on `card_event.at`) selects, without
 * an operation of ours. What became of them since does not matter.
 */
export const endedCards = (how: keyof typeof ENDS, isThen: SQL): SQL =>
  sql`select distinct card_id from card_event where ${isThen} and operation_id is null and ${ENDS[how]}`;
