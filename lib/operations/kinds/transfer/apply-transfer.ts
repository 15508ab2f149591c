import "server-only";
import { and, eq, lte } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card, cardBalance } from "@/lib/db/schema";
import type { Reading, TransferParams } from "../../operation";

/**
 * Let the mirror show what a transfer did, as of `at`. The answer has no balances: they follow from the last reading
 * before it happened. Readings newer than `at` win.
 */
export async function applyTransfer(
  tx: Tx,
  { source, target, amount }: TransferParams,
  baseline: Reading | null,
  at: Date,
): Promise<void> {
  if (baseline?.kind !== "balances") return;
  if (typeof baseline.source !== "number" || typeof baseline.target !== "number") return;
  await setBalance(tx, source.id, Math.max(0, baseline.source - amount), at);
  await setBalance(tx, target.id, baseline.target + amount, at);
}

async function setBalance(tx: Tx, cardId: string, balance: number, at: Date): Promise<void> {
  const changed = await tx
    .update(card)
    .set({ balance, unlimited: false, readAt: at })
    .where(and(eq(card.id, cardId), lte(card.readAt, at)))
    .returning({ id: card.id });
  if (changed.length) await tx.insert(cardBalance).values({ cardId, at, balance, source: "operation" });
}
