import "server-only";
import { sql } from "drizzle-orm";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { Balance, CardRow } from "../types";

/** What a {@link RawRow} is selected as, from `card c` with {@link HELD}. */
export const CARD_COLUMNS = sql`c.id, c.code, c.type, c.user_name, c.phone, c.balance, c.unlimited, c.created_at, c.updated_at,
  c.gone_at is not null as gone, held.operation_id as held_by`;
export const HELD = sql`left join operation_card held on held.card_id = c.id and held.open`;

/** A row as the database spells it. */
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
  held_by: string | null;
};

/** What the browser gets of a card. */
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
    lockedBy: row.held_by,
  };
}

/** The mirror's two columns as one balance. */
export const storedBalance = (row: { balance: string | number | null; unlimited: boolean }): Balance =>
  row.unlimited ? "unlimited" : row.balance === null ? null : Number(row.balance);
