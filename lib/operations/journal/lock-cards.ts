import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { operation, operationCard } from "@/lib/db/schema";

/** A card an operation touches, locked from the intent until the outcome is known. */
export type LockedCard = { cardId: string; role: "source" | "target" };

/** A card is locked by another operation. Never leaves this domain: see toLockConflict. */
export class CardLockedError extends Error {
  override name = "CardLockedError";
  readonly cardId: string;

  constructor(cardId: string) {
    super("a card is locked by another operation");
    this.cardId = cardId;
  }
}

/**
 * Lock an operation's cards, as the last thing before the commit: a concurrent lock on the same card makes this wait for
 * the end of that transaction. Cards are locked in the order of their ids: a fixed lock order prevents deadlock. The lock
 * is a row under a partial unique index, so it outlives a crash. Throws {@link CardLockedError}.
 */
export async function lockCards(tx: Tx, operationId: string, cards: readonly LockedCard[]): Promise<void> {
  if (!cards.length) return;
  const ordered = cards.toSorted((a, b) => (a.cardId < b.cardId ? -1 : 1));
  await tx.execute(sql`set local lock_timeout = '2s'`);
  const locked = await tx
    .insert(operationCard)
    .values(ordered.map((each) => ({ operationId, ...each, open: true })))
    .onConflictDoNothing()
    .returning({ cardId: operationCard.cardId });
  const refused = ordered.find(({ cardId }) => !locked.some((row) => row.cardId === cardId));
  if (refused) throw new CardLockedError(refused.cardId);
}

/** The operation that has a card locked. */
export type LockOwner = { cardId: string; operationId: string; kind: string; state: string; actorName: string };

/** Which of these cards are locked now, and by what. */
export async function findLockOwners(tx: Tx, cardIds: readonly string[]): Promise<LockOwner[]> {
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

/**
 * Throws AppError "busy" if another operation has any of these cards locked. Only a quick answer without a transaction:
 * what keeps two operations apart is the lock.
 */
export async function assertUnlocked(tx: Tx, operationId: string, cards: readonly LockedCard[]): Promise<void> {
  const ids = cards.map(({ cardId }) => cardId);
  const owners = ids.length ? await findLockOwners(tx, ids) : [];
  const other = owners.find((owner) => owner.operationId !== operationId);
  if (other) throw lockedBy(other);
}

/** The error for a lock that was refused: names the owner, asked for after the refused transaction has ended. */
export async function toLockConflict(tx: Tx, { cardId }: CardLockedError): Promise<AppError> {
  const [owner] = await findLockOwners(tx, [cardId]);
  return owner ? lockedBy(owner) : new AppError("busy", "card_busy_now", { params: { cardId } });
}

const lockedBy = ({ cardId, operationId, actorName: actor }: LockOwner): AppError =>
  new AppError("busy", "card_busy", { params: { cardId, operationId, actor } });

/** Release an operation's card locks, in the transaction that makes its state final. */
export async function releaseCards(tx: Tx, operationId: string): Promise<void> {
  await tx.update(operationCard).set({ open: false }).where(eq(operationCard.operationId, operationId));
}
