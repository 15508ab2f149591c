import "server-only";
import { lockCardRows, recordOwnStep } from "@/lib/cards";
import type { Tx } from "@/lib/db/client";
import type { OperationRow } from "../../journal/transition-operation";
import type { TransferParams } from "../../operation";

type Applied = Pick<OperationRow, "id" | "baseline" | "intentAt" | "createdAt">;

/**
 * Let the mirror and its history show what a transfer did. `appliedAt`: when its call succeeded; null if readings found
 * out, which are in the mirror already.
 */
export async function applyTransfer(
  tx: Tx,
  { id: operationId, baseline, intentAt, createdAt }: Applied,
  { source, target, amount }: TransferParams,
  appliedAt: Date | null,
): Promise<void> {
  if (baseline?.kind !== "balances") return;
  if (typeof baseline.source !== "number" || typeof baseline.target !== "number") return;
  await lockCardRows(tx, [source.id, target.id]);
  const step = { operationId, since: intentAt ?? createdAt, appliedAt };
  await recordOwnStep(tx, { ...step, cardId: source.id, calls: -amount, baseline: baseline.source });
  await recordOwnStep(tx, { ...step, cardId: target.id, calls: amount, baseline: baseline.target });
}
