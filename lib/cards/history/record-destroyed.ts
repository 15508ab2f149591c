import "server-only";
import { and, eq, gte, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card, cardEvent } from "@/lib/db/schema";

type Destroyed = { operationId: string; cardId: string; since: Date; at: Date };

/**
 * Let the mirror show that an operation of ours destroyed a card, as of `at`. If syncs found it gone already, that event
 * becomes the operation's.
 */
export async function recordDestroyed(tx: Tx, { operationId, cardId, since, at }: Destroyed): Promise<void> {
  const [stored] = await tx.select({ goneAt: card.goneAt }).from(card).where(eq(card.id, cardId)).for("update");
  if (!stored) return;
  await tx.update(card).set({ goneAt: at }).where(eq(card.id, cardId));
  if (!stored.goneAt) {
    await tx.insert(cardEvent).values({ cardId, at, kind: "gone", operationId });
    return;
  }
  const foundGone = and(eq(cardEvent.cardId, cardId), eq(cardEvent.kind, "gone"), gte(cardEvent.at, since));
  await tx
    .update(cardEvent)
    .set({ operationId })
    .where(and(foundGone, isNull(cardEvent.operationId)));
}
