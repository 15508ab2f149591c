import "server-only";
import { recordDestroyed } from "@/lib/cards";
import type { Tx } from "@/lib/db/client";
import type { OperationRow } from "../../journal/transition-operation";
import type { DestroyParams } from "../../operation";

type Applied = Pick<OperationRow, "id" | "intentAt" | "createdAt">;

/** Let the mirror and its history show that a card is gone, as of `at`. */
export async function applyDestroy(
  tx: Tx,
  { id: operationId, intentAt, createdAt }: Applied,
  { card }: DestroyParams,
  at: Date,
): Promise<void> {
  await recordDestroyed(tx, { operationId, cardId: card.id, since: intentAt ?? createdAt, at });
}
