import "server-only";
import { and, eq, lte } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card, cardBalance } from "@/lib/db/schema";
import type { OperationRow } from "./journal/transition-operation";

/**
 * Let the mirror show what an operation did, as of `at`. A transfer's balances follow from the last reading before it
 * happened; readings newer than `at` win.
 */
export async function applyToMirror(tx: Tx, row: OperationRow, at: Date): Promise<void> {
  const { params, baseline } = row;
  if (params.kind === "destroy") {
    await tx.update(card).set({ goneAt: at }).where(eq(card.id, params.card.id));
    return;
  }
  if (params.kind !== "transfer" || baseline?.kind !== "balances") return;
  const { source, target } = baseline;
  if (typeof source !== "number" || typeof target !== "number") return;
  await setBalance(tx, params.source.id, Math.max(0, source - params.amount), at);
  await setBalance(tx, params.target.id, target + params.amount, at);
}

async function setBalance(tx: Tx, cardId: string, balance: number, at: Date): Promise<void> {
  const changed = await tx
    .update(card)
    .set({ balance, unlimited: false, readAt: at })
    .where(and(eq(card.id, cardId), lte(card.readAt, at)))
    .returning({ id: card.id });
  if (changed.length) await tx.insert(cardBalance).values({ cardId, at, balance, source: "operation" });
}
