import "server-only";
import { randomUUID } from "node:crypto";
import { and, count, eq, ne, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { sealText } from "@/lib/core/app-keys";
import { AppError } from "@/lib/core/errors";
import { followUpContext } from "@/lib/core/sealing";
import type { Tx } from "@/lib/db/client";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { card, followUp, operation, operationCard } from "@/lib/db/schema";
import { assertHasRole } from "@/lib/users";
import { colleagueOf } from "./colleagues";
import type { openFollowUpSchema } from "./schemas";
import { MAX_OPEN_FOLLOW_UPS } from "./types";

type Input = z.output<typeof openFollowUpSchema>;

/**
 * Promise to come back to a card's customer. The text is stored sealed; the audit says who opened it for whom and when it is
 * due, never what it says. Throws AppError "not_found": the card, an operation of that card, or the colleague; "too_many" above
 * {@link MAX_OPEN_FOLLOW_UPS}.
 */
export async function openFollowUp({ ctx, input }: { ctx: Ctx; input: Input }): Promise<{ followUpId: string }> {
  const { id: openedBy, name: openedByName } = ctx.actor;
  if (!openedBy) throw new AppError("forbidden");
  const { cardId, operationId, dueInMinutes, text } = input;
  const id = randomUUID();
  const openedAt = ctx.now();
  const dueAt = dueInMinutes === null ? null : new Date(openedAt.getTime() + dueInMinutes * 60_000);
  await ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "support");
    await assertRoom(tx, openedBy);
    await assertKnown(tx, input);
    const { id: assignedTo, name: assignedName } = await colleagueOf(tx, input.assignTo ?? openedBy);
    await tx.insert(followUp).values({
      ...{ id, cardId, operationId, assignedTo, openedBy, openedByName, openedAt, dueAt, state: "open" },
      sealed: sealText(text, followUpContext(id)),
    });
    const detail = { followUpId: id, assignedTo: assignedName, operationId, dueAt: dueAt?.toISOString() ?? null };
    const about = { cards: [cardId] };
    await recordAudit(tx, ctx, { action: "follow_up.opened", targetKind: "card", targetId: cardId, detail, about });
  });
  return { followUpId: id };
}

/** Of two at once the second counts the first. */
async function assertRoom(tx: Tx, openedBy: string): Promise<void> {
  await lockInTransaction(tx, `cardesk.follow-ups.${openedBy}`);
  // That it is open stands in the condition itself, for the index of open ones.
  const where = and(eq(followUp.openedBy, openedBy), sql`${followUp.state} = 'open'`);
  const [own] = await tx.select({ open: count() }).from(followUp).where(where);
  if (own && own.open >= MAX_OPEN_FOLLOW_UPS)
    throw new AppError("too_many", "too_many_follow_ups", { params: { limit: MAX_OPEN_FOLLOW_UPS } });
}

/** A draft is not confirmed and may be deleted: nothing waits for it. */
async function assertKnown(tx: Tx, { cardId, operationId }: Input): Promise<void> {
  const [known] = await tx.select({ id: card.id }).from(card).where(eq(card.id, cardId));
  if (!known) throw new AppError("not_found", "card_not_found");
  if (operationId === null) return;
  const [touches] = await tx
    .select({ id: operation.id })
    .from(operationCard)
    .innerJoin(operation, eq(operation.id, operationCard.operationId))
    .where(and(eq(operationCard.cardId, cardId), eq(operation.id, operationId), ne(operation.state, "draft")));
  if (!touches) throw new AppError("not_found");
}
