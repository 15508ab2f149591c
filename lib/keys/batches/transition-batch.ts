import "server-only";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import type { BatchState, PausedReason } from "../types";
import { isComplete } from "./count-progress";
import { readProgress } from "./read-progress";

export type BatchRow = typeof batch.$inferSelect;
type Patch = Partial<Pick<BatchRow, "pausedReason" | "pausedDetails" | "finishedAt">>;

/** Take a batch from one state to another, with its audit row, in the caller's transaction. Null: it was not in `from`. */
export async function transitionBatch(
  tx: Tx,
  ctx: Ctx,
  batchId: string,
  from: BatchState,
  to: BatchState,
  action: string,
  patch: Patch = {},
): Promise<BatchRow | null> {
  const cleared = { pausedReason: null, pausedDetails: null };
  const [row] = await tx
    .update(batch)
    .set({ ...cleared, ...patch, state: to, updatedAt: ctx.now() })
    .where(and(eq(batch.id, batchId), eq(batch.state, from)))
    .returning();
  if (!row) return null;
  const detail = {
    keyType: row.keyType,
    wanted: row.wanted,
    ...(patch.pausedReason && { reason: patch.pausedReason }),
  };
  await recordAudit(tx, ctx, { action, targetKind: "batch", targetId: row.id, detail });
  return row;
}

/** Stop a generating batch with the reason a person will read. */
export const pauseFor = (
  tx: Tx,
  ctx: Ctx,
  batchId: string,
  reason: PausedReason,
  details: string | null = null,
): Promise<BatchRow | null> =>
  transitionBatch(tx, ctx, batchId, "generating", "paused", "batch.paused", {
    pausedReason: reason,
    pausedDetails: details?.slice(0, 500) || null,
  });

/** End a generating batch that has all its keys and nothing that may still turn up. */
export async function completeBatch(tx: Tx, ctx: Ctx, batchId: string): Promise<boolean> {
  const [row] = await tx.select().from(batch).where(eq(batch.id, batchId)).for("update");
  if (row?.state !== "generating" || !isComplete(row.wanted, await readProgress(tx, batchId))) return false;
  const finished = { finishedAt: ctx.now() };
  return (await transitionBatch(tx, ctx, batchId, "generating", "done", "batch.done", finished)) !== null;
}
