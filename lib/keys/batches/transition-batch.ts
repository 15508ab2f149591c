import "server-only";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import type { BatchState } from "../types";

export type BatchRow = typeof batch.$inferSelect;

type BatchTransition = {
  batchId: string;
  from: BatchState;
  to: BatchState;
  /** For the audit. */
  action: string;
  patch?: Partial<Pick<BatchRow, "pausedReason" | "pausedDetails" | "pausedClockOffsetMs" | "finishedAt">>;
};

/** Take a batch from one state to another, with its audit row, in the caller's transaction. Null: it was not in `from`. */
export async function transitionBatch(
  tx: Tx,
  ctx: Ctx,
  { batchId, from, to, action, patch = {} }: BatchTransition,
): Promise<BatchRow | null> {
  const cleared = { pausedReason: null, pausedDetails: null, pausedClockOffsetMs: null };
  const [row] = await tx
    .update(batch)
    .set({ ...cleared, ...patch, state: to, updatedAt: ctx.now() })
    .where(and(eq(batch.id, batchId), eq(batch.state, from)))
    .returning();
  if (!row) return null;
  const { keyType, wanted } = row;
  const detail = { keyType, wanted, ...(patch.pausedReason && { reason: patch.pausedReason }) };
  await recordAudit(tx, ctx, { action, targetKind: "batch", targetId: row.id, detail });
  return row;
}
