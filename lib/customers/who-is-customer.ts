import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { spellings } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { card } from "@/lib/db/schema";
import type { FindCustomer } from "./schemas";

/** Whose cards are meant. `own` and `others` are conditions on `card c`; `others` null: they have no phone. */
export type Who = { userId: string | null; own: SQL; others: SQL | null };

/**
 * A user id is one customer, whatever phones their cards have. A card without one belongs to whoever has its phone, as far as
 * those cards have none either; an unredeemed card is nobody's. AppError "not_found" for ids that no card has.
 */
export async function whoIsCustomer(ctx: Ctx, input: FindCustomer): Promise<Who> {
  if ("userId" in input) return byUserId(ctx, input.userId);
  const [found] = await ctx.db
    .select({ userId: card.userId, phone: card.phone })
    .from(card)
    .where(eq(card.id, input.cardId));
  if (!found) throw new AppError("not_found", "card_not_found");
  if (found.userId) return byUserId(ctx, found.userId);
  if (!found.phone) return { userId: null, own: sql`c.id = ${input.cardId}`, others: null };
  const sameNumber = sql`c.phone = any(${sql.param(spellings(plainPhone(found.phone)))}::text[])`;
  return {
    userId: null,
    own: sql`${sameNumber} and c.user_id is null`,
    others: sql`${sameNumber} and c.user_id is not null`,
  };
}

async function byUserId(ctx: Ctx, userId: string): Promise<Who> {
  const phones = await ctx.db.selectDistinct({ phone: card.phone }).from(card).where(eq(card.userId, userId));
  if (phones.length === 0) throw new AppError("not_found", "customer_not_found");
  const numbers = phones.flatMap(({ phone }) => (phone ? spellings(plainPhone(phone)) : []));
  return {
    userId,
    own: sql`c.user_id = ${userId}`,
    others: numbers.length
      ? sql`c.phone = any(${sql.param(numbers)}::text[]) and c.user_id is distinct from ${userId}`
      : null,
  };
}

const plainPhone = (phone: string): string => (/^861\d{10}$/.test(phone) ? phone.slice(2) : phone);

/** The ids of a customer's own cards, for what is bound to cards; {@link Who} as a condition on the table itself. */
export const ownCardIds = (who: Who): SQL => sql`(select c.id from card c where ${who.own})`;
