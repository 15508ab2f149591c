import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { operation, operationCard } from "@/lib/db/schema";
import type { OperationParams } from "../types";

type Touched = { cardId: string; role: "source" | "target" };

/** The cards an operation touches, in the one order everybody locks them in: no two operations can wait in a circle. */
export function lockedCards(params: OperationParams): Touched[] {
  if (params.kind === "generate") return [];
  const touched: Touched[] =
    params.kind === "destroy"
      ? [{ cardId: params.card.id, role: "source" }]
      : [
          { cardId: params.source.id, role: "source" },
          { cardId: params.target.id, role: "target" },
        ];
  return touched.toSorted((a, b) => (a.cardId < b.cardId ? -1 : 1));
}

/** A card is held by another operation. Never leaves this folder: see toLockConflict. */
export class CardLockedError extends Error {
  override name = "CardLockedError";
  readonly cardId: string;

  constructor(cardId: string) {
    super("a card is held by another operation");
    this.cardId = cardId;
  }
}

/**
 * Lock the touched cards for an operation, as the last thing before the commit: a card somebody else is just locking
 * makes this wait for the end of their transaction. The lock is a row under a partial unique index, so it outlives a
 * crash. Throws {@link CardLockedError}.
 */
export async function lockCards(tx: Tx, operationId: string, params: OperationParams): Promise<void> {
  const touched = lockedCards(params);
  if (!touched.length) return;
  await tx.execute(sql`set local lock_timeout = '2s'`);
  const locked = await tx
    .insert(operationCard)
    .values(touched.map((each) => ({ operationId, ...each, open: true })))
    .onConflictDoNothing()
    .returning({ cardId: operationCard.cardId });
  const held = touched.find(({ cardId }) => !locked.some((row) => row.cardId === cardId));
  if (held) throw new CardLockedError(held.cardId);
}

export type CardHolder = { cardId: string; operationId: string; kind: string; state: string; actorName: string };

/** Which of these cards are held now, and by what. */
export async function cardHolders(tx: Tx, cardIds: readonly string[]): Promise<CardHolder[]> {
  return tx
    .select({
      cardId: operationCard.cardId,
      operationId: operation.id,
      kind: operation.kind,
      state: operation.state,
      actorName: operation.actorName,
    })
    .from(operationCard)
    .innerJoin(operation, eq(operation.id, operationCard.operationId))
    .where(and(inArray(operationCard.cardId, [...cardIds]), eq(operationCard.open, true)));
}

/** Who holds a card now; null if nobody. */
export const cardHolder = async (tx: Tx, cardId: string): Promise<CardHolder | null> =>
  (await cardHolders(tx, [cardId]))[0] ?? null;

/**
 * Throws AppError "busy" if another operation holds any card of this one. Only to say so at once, without a
 * transaction: what really keeps two operations apart is the lock.
 */
export async function assertUnlocked(tx: Tx, operationId: string, params: OperationParams): Promise<void> {
  const ids = lockedCards(params).map((touched) => touched.cardId);
  const holders = ids.length ? await cardHolders(tx, ids) : [];
  const other = holders.find((holder) => holder.operationId !== operationId);
  if (other) throw lockedBy(other);
}

/** What to tell whoever wanted the card: the operation that holds it, asked for after their transaction has ended. */
export async function toLockConflict(tx: Tx, { cardId }: CardLockedError): Promise<AppError> {
  const holder = await cardHolder(tx, cardId);
  return holder ? lockedBy(holder) : new AppError("busy", "card_busy_now", { params: { cardId } });
}

const lockedBy = ({ cardId, operationId, actorName: actor }: CardHolder): AppError =>
  new AppError("busy", "card_busy", { params: { cardId, operationId, actor } });

/** Give an operation's cards free, in the transaction that makes its state final. */
export async function releaseCards(tx: Tx, operationId: string): Promise<void> {
  await tx.update(operationCard).set({ open: false }).where(eq(operationCard.operationId, operationId));
}
