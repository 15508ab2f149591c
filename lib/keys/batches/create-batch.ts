import "server-only";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import { consumeDailyLimit, DailyLimitError, recordLimitReached } from "@/lib/limits";
import { enqueue, runBatchJob } from "@/lib/queue";
import { assertWritesAllowed, readSettings } from "@/lib/settings";
import { isConfigured, UpstreamError } from "@/lib/upstream";
import type { createBatchSchema } from "../schemas";
import type { BatchRow } from "./transition-batch";

type NewBatch = z.output<typeof createBatchSchema>;

/**
 * Start a batch under an id that was given out before the click: however often it is sent, it is the same batch.
 * Throws AppError conflict (the id belongs to another batch; or a batch of this type is generating: params name it),
 * paused, bad_input (a large one without a note), too_many (over the daily limit and not approved), not_configured.
 */
export async function createBatch({ ctx, input }: { ctx: Ctx; input: NewBatch }): Promise<{ batchId: string }> {
  if (!isConfigured("potato")) throw new UpstreamError("potato", "not_configured");
  const { batchId } = input;
  try {
    await ctx.db.transaction((tx) => insertBatch(tx, ctx, input));
  } catch (error) {
    if (error instanceof DailyLimitError)
      await recordLimitReached(ctx, error, { targetKind: "batch", targetId: batchId });
    throw error;
  }
  await enqueue(runBatchJob, { batchId }, batchId);
  return { batchId };
}

async function insertBatch(tx: Tx, ctx: Ctx, input: NewBatch): Promise<void> {
  const { batchId, keyType, wanted, note } = input;
  const [before] = await tx.select().from(batch).where(eq(batch.id, batchId));
  if (before) return assertSame(ctx, before, input);
  await assertWritesAllowed(tx);
  const { reason_required } = await readSettings({ ctx: { db: tx } });
  if (wanted >= reason_required.keys && !note)
    throw new AppError("bad_input", "note_required", { fields: { note: "required" } });
  const now = ctx.now();
  const [row] = await tx
    .insert(batch)
    .values({
      id: batchId,
      keyType,
      wanted,
      note,
      state: "generating",
      createdBy: ctx.actor.id,
      createdByName: ctx.actor.name,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) {
    const [same] = await tx.select().from(batch).where(eq(batch.id, batchId));
    if (same) return assertSame(ctx, same, input);
    throw await toTypeConflict(tx, keyType);
  }
  const approvalId = await consumeDailyLimit(tx, ctx, {
    measure: "keysMade",
    asked: wanted,
    subject: { kind: "batch", id: batchId, summary: { batchId, keyType, wanted, note } },
  });
  const detail = { keyType, wanted, note, ...(approvalId && { approvalId }) };
  await recordAudit(tx, ctx, { action: "batch.created", targetKind: "batch", targetId: batchId, detail });
}

function assertSame(ctx: Ctx, row: BatchRow, { keyType, wanted, note }: NewBatch): void {
  const same = row.keyType === keyType && row.wanted === wanted && row.note === note;
  if (!same || row.createdBy !== ctx.actor.id) throw new AppError("conflict", "batch_form_used");
}

/**
 * The error that another batch of the type is generating. Keys found upstream must belong to one batch only, so two
 * batches of a type never generate at once.
 */
export async function toTypeConflict(tx: Tx, keyType: number): Promise<AppError> {
  const [other] = await tx
    .select({ batchId: batch.id, actor: batch.createdByName })
    .from(batch)
    .where(and(eq(batch.keyType, keyType), eq(batch.state, "generating")));
  const params = { batchId: other?.batchId ?? "", actor: other?.actor ?? "" };
  return new AppError("conflict", "batch_type_generating", { params });
}
