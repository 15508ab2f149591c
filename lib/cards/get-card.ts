import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { card, cardBalance, cardSeen, operation, operationCard } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { storedBalance } from "./list/card-row";
import { tagsOf } from "./tags/read-tags";
import type { CardDetail } from "./types";

/** How many changes the chart shows, newest first. */
const HISTORY = 1_000;

/** One card as mirrored, with its balance history and the operation that has it locked. Throws AppError "not_found". */
export async function getCard({ ctx, input: { id } }: { ctx: Ctx; input: { id: string } }): Promise<CardDetail> {
  const [[found], history, [lockOwner]] = await Promise.all([
    ctx.db
      .select({
        card,
        readAt: sql`greatest(${card.readAt}, ${cardSeen.seenAt})`.mapWith(card.readAt),
        tags: tagsOf(sql`${card.id}`),
      })
      .from(card)
      .leftJoin(cardSeen, eq(cardSeen.cardId, card.id))
      .where(eq(card.id, id)),
    ctx.db
      .select({ at: cardBalance.at, balance: cardBalance.balance, unlimited: cardBalance.unlimited })
      .from(cardBalance)
      .where(eq(cardBalance.cardId, id))
      .orderBy(desc(cardBalance.at), desc(cardBalance.id))
      .limit(HISTORY),
    ctx.db
      .select({
        operationId: operation.id,
        kind: operation.kind,
        state: operation.state,
        actorName: operation.actorName,
      })
      .from(operationCard)
      .innerJoin(operation, eq(operation.id, operationCard.operationId))
      .where(and(eq(operationCard.cardId, id), eq(operationCard.open, true))),
  ]);
  if (!found) throw new AppError("not_found", "card_not_found");
  const row = found.card;
  return {
    id: row.id,
    maskedCode: maskCode(row.code),
    type: row.type,
    userName: row.userName,
    maskedPhone: row.phone && maskPhone(row.phone),
    balance: storedBalance(row),
    createdAt: row.createdAt?.toISOString() ?? null,
    updatedAt: row.updatedAt?.toISOString() ?? null,
    gone: row.goneAt !== null,
    lockedBy: lockOwner?.operationId ?? null,
    inDoubt: lockOwner?.state === "unknown",
    userId: row.userId,
    firstSeenAt: row.firstSeenAt.toISOString(),
    readAt: found.readAt.toISOString(),
    goneAt: row.goneAt?.toISOString() ?? null,
    lockOwner: lockOwner ?? null,
    tags: found.tags,
    history: history.map((entry) => ({ at: entry.at.toISOString(), balance: storedBalance(entry) })).reverse(),
  };
}
