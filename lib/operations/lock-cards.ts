import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation, operationCard } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { OperationParams } from "./schemas";

type Touched = { cardId: string; role: "source" | "target" };

/** The cards an operation touches, in the one order everybody locks them in: no two operations can wait in a circle. */
export function touchedCards(params: OperationParams): Touched[] {
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

/**
 * Lock each touched card for an operation. The lock is a row under a partial unique index, so it outlives a crash.
 * Throws AppError "busy" with the operation that holds a card.
 */
export async function lockCards(tx: Tx, operationId: string, params: OperationParams): Promise<void> {
  // A card somebody else is just locking makes the insert wait for their short transaction; never for a call.
  await tx.execute(sql`set local lock_timeout = '2s'`);
  for (const touched of touchedCards(params)) {
    const [locked] = await tx
      .insert(operationCard)
      .values({ operationId, ...touched, open: true })
      .onConflictDoNothing()
      .returning({ cardId: operationCard.cardId });
    if (!locked) throw await busy(tx, touched.cardId);
  }
}

/** Who holds a card now; null if nobody. */
export async function cardHolder(
  tx: Tx,
  cardId: string,
): Promise<{ operationId: string; kind: string; state: string; actorName: string } | null> {
  const [holder] = await tx
    .select({ operationId: operation.id, kind: operation.kind, state: operation.state, actorName: operation.actorName })
    .from(operationCard)
    .innerJoin(operation, eq(operation.id, operationCard.operationId))
    .where(and(eq(operationCard.cardId, cardId), eq(operationCard.open, true)));
  return holder ?? null;
}

async function busy(tx: Tx, cardId: string): Promise<AppError> {
  const holder = await cardHolder(tx, cardId);
  const params = { cardId, operationId: holder?.operationId ?? "", actor: holder?.actorName ?? "" };
  return new AppError("busy", "card_busy", { params });
}

/** Give an operation's cards free, in the transaction that makes its state final. */
export async function releaseCards(tx: Tx, operationId: string): Promise<void> {
  await tx.update(operationCard).set({ open: false }).where(eq(operationCard.operationId, operationId));
}
