import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { inDayRange } from "@/lib/db/day-range";
import { contains } from "@/lib/db/like-pattern";
import { normalizePhone } from "@/lib/format/phones";
import type { CardFilter } from "../types";

/** Above every number a balance can be: see `balance_rank` in the schema. */
const UNLIMITED_RANK = sql.raw("9223372036854775807");

/** The filter as a condition on `card`. */
export function cardConditions(filter: CardFilter): SQL {
  return sql.join([...textConditions(filter), ...broadConditions(filter)], sql` and `);
}

/** Whether a text narrows the list: such a filter hits few cards, as far as anybody can tell beforehand. */
export const hasText = ({ id, code, name, phone }: CardFilter): boolean => Boolean(id || code || name || phone);

function textConditions({ id, code, name, phone }: CardFilter): SQL[] {
  return [
    ...(id ? [idCondition(id.toLowerCase())] : []),
    ...(code ? [sql`code ilike ${contains(code)}`] : []),
    ...(name ? [sql`name_key like ${contains(name.normalize("NFKC").toLowerCase())}`] : []),
    ...(phone ? [phoneCondition(phone)] : []),
  ];
}

function broadConditions(filter: CardFilter): SQL[] {
  const { types, balanceMin, balanceMax, createdFrom, createdTo, redeemed, empty, gone = "hide" } = filter;
  const created = inDayRange(sql`created_at`, createdFrom, createdTo);
  const ranged = balanceMin !== undefined || balanceMax !== undefined;
  return [
    gone === "hide" ? sql`gone_at is null` : gone === "only" ? sql`gone_at is not null` : sql`true`,
    ...(types?.length ? [sql`type = any(${sql.param(types)}::text[])`] : []),
    ...(ranged ? [sql`balance_rank >= ${balanceMin ?? 0} and balance_rank < ${UNLIMITED_RANK}`] : []),
    ...(balanceMax === undefined ? [] : [sql`balance_rank <= ${balanceMax}`]),
    ...(created ? [created] : []),
    ...(redeemed === undefined ? [] : [redeemed ? sql`(phone is null) = false` : sql`(phone is null) = true`]),
    ...(empty === undefined ? [] : [empty ? sql`balance_rank = 0` : sql`balance_rank is distinct from 0`]),
  ];
}

/** Ids are lower-case hex, so that everything with this beginning lies between it and it with a "g". */
const idCondition = (id: string): SQL => (id.length === 32 ? sql`id = ${id}` : sql`id >= ${id} and id < ${`${id}g`}`);

function phoneCondition(text: string): SQL {
  const whole = normalizePhone(text);
  if (whole) return sql`phone in (${whole}, ${`86${whole}`})`;
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  return digits.length === 4 ? sql`right(phone, 4) = ${digits}` : sql`phone like ${contains(digits)}`;
}
