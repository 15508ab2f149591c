import "server-only";
import { sql } from "drizzle-orm";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { Balance, CardRow } from "../types";

/** The columns of a {@link RawRow}, from `card c` with {@link LOCKED}. */
export const CARD_COLUMNS = sql`c.id, c.code, c.type, c.user_name, c.phone, c.balance, c.unlimited, c.created_at, c.updated_at,
  c.gone_at is not null as gone, lock.operation_id as locked_by, coalesce(
    (select locking.state = 'unknown' from operation locking where locking.id = lock.operation_id), false) as in_doubt`;
export const LOCKED = sql`left join operation_card lock on lock.card_id = c.id and lock.open`;

/** A row as the database returns it. */
export type RawRow = {
  id: string;
  code: string;
  type: string;
  user_name: string | null;
  phone: string | null;
  balance: string | null;
  unlimited: boolean;
  created_at: Date | null;
  updated_at: Date | null;
  gone: boolean;
  locked_by: string | null;
  in_doubt: boolean;
};

/** A row as the browser gets it. */
export function toRow(row: RawRow): CardRow {
  return {
    id: row.id,
    maskedCode: maskCode(row.code),
    type: row.type,
    userName: row.user_name,
    maskedPhone: row.phone && maskPhone(row.phone),
    balance: storedBalance(row),
    createdAt: row.created_at && new Date(row.created_at).toISOString(),
    updatedAt: row.updated_at && new Date(row.updated_at).toISOString(),
    gone: row.gone,
    lockedBy: row.locked_by,
    inDoubt: row.in_doubt,
  };
}

/** A balance from the mirror's two columns. */
export const storedBalance = (row: { balance: string | number | null; unlimited: boolean }): Balance =>
  row.unlimited ? "unlimited" : row.balance === null ? null : Number(row.balance);
