import "server-only";
import { isNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { card } from "@/lib/db/schema";
import type { TypeTotal } from "./types";

const count = (condition = sql`true`) => sql<number>`(count(*) filter (where ${condition}))::int`;

/** How many cards of each type there are and the sum of their balances, documented types first. */
export async function readCardTotals({ ctx }: { ctx: Ctx }): Promise<TypeTotal[]> {
  return ctx.db
    .select({
      type: card.type,
      cards: count(),
      counted: count(sql`${card.balance} is not null and not ${card.unlimited}`),
      balance: sql`coalesce(sum(${card.balance}) filter (where not ${card.unlimited}), 0)`.mapWith(Number),
      unlimited: count(sql`${card.unlimited}`),
      unknown: count(sql`${card.balance} is null and not ${card.unlimited}`),
    })
    .from(card)
    .where(isNull(card.goneAt))
    .groupBy(card.type)
    .orderBy(sql`length(${card.type})`, card.type);
}
