import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { CardSort } from "../types";

/** `use`: the column of `card_use` behind the expression. */
type Key = { expression: SQL; nullable: boolean; use?: SQL };

/** The allow-list: the column of each sort key, and whether it may be null. */
const KEYS: Record<CardSort["id"], Key> = {
  id: { expression: sql`id`, nullable: false },
  code: { expression: sql`code`, nullable: false },
  type: { expression: sql`type`, nullable: false },
  name: { expression: sql`user_name`, nullable: true },
  phone: { expression: sql`phone`, nullable: true },
  balance: { expression: sql`balance_rank`, nullable: true },
  created: { expression: sql`created_at`, nullable: true },
  updated: { expression: sql`updated_at`, nullable: true },
  state: { expression: sql`(phone is null)`, nullable: false },
  used1: keyOfUse(sql`day1`),
  used7: keyOfUse(sql`day7`),
  used30: keyOfUse(sql`day30`),
  idle: keyOfUse(sql`idle_rank`),
};

/** The column the list is sorted by. */
export const sortExpression = (sort: CardSort): SQL => KEYS[sort.id].expression;

/**
 * ORDER BY with nulls last in either direction, and the id to break ties. `backwards` is the exact opposite, to read a
 * page from the far end of the list. Written exactly as the indexes in the schema, otherwise they are not used.
 */
export function cardOrder(sort: CardSort, { backwards = false, key = sortExpression(sort) } = {}): SQL {
  const [down, emptyLast] = [sort.desc !== backwards, (!sort.desc || KEYS[sort.id].nullable) !== backwards];
  const direction = sql.raw(`${down ? "desc" : "asc"} nulls ${emptyLast ? "last" : "first"}`);
  return sort.id === "id" ? sql`id ${direction}` : sql`${key} ${direction}, id ${direction}`;
}

/** The column of `card_use` that a list is sorted by; undefined: it is sorted by a column of the card. */
export const columnOfUse = (sort: CardSort): SQL | undefined => KEYS[sort.id].use;

function keyOfUse(column: SQL): Key {
  return { expression: sql`(select ${column} from card_use where card_id = id)`, nullable: true, use: column };
}
