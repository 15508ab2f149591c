import "server-only";
import { and, eq, ne } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { violates } from "@/lib/db/errors";
import { batch } from "@/lib/db/schema";
import { enqueue, runBatchJob } from "@/lib/queue";
import { assertWritesAllowed } from "@/lib/settings";
import { isConfigured, UpstreamError } from "@/lib/upstream";
import { assertCreatorMayWrite } from "./assert-creator-may-write";
import { toTypeConflict } from "./create-batch";
import { lockBatch } from "./lock-batch";
import { transitionBatch } from "./transition-batch";

/**
 * Resume a paused batch. Unknown chunks stay reserved: only what is certainly missing is made. Throws AppError conflict
 * (not paused; another batch of the type is generating: params name it; or who began it may not generate any more), paused,
 * not_configured.
 */
export async function resumeBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const { batchId } = input;
  if (!isConfigured("potato")) throw new UpstreamError("potato", "not_configured");
  try {
    await ctx.db.transaction(async (tx) => {
      await assertWritesAllowed(tx);
      await assertCreatorMayWrite(tx, batchId).catch((error: unknown) => {
        throw error instanceof AppError ? new AppError("conflict", "batch_creator_not_allowed") : error;
      });
      const row = await lockBatch(tx, batchId);
      if (!row) throw new AppError("not_found");
      const others = and(eq(batch.keyType, row.keyType), eq(batch.state, "generating"), ne(batch.id, batchId));
      if ((await tx.select({ id: batch.id }).from(batch).where(others)).length)
        throw await toTypeConflict(tx, row.keyType);
      if (!(await transitionBatch(tx, ctx, { batchId, from: "paused", to: "generating", action: "batch.resumed" })))
        throw new AppError("conflict", "batch_not_paused");
    });
  } catch (error) {
    // Another batch of the type began between the check and the update.
    throw violates(error, "batch_generating_key") ? await toTypeConflictOf(ctx, batchId) : error;
  }
  await enqueue(runBatchJob, { batchId }, batchId);
  return null;
}

async function toTypeConflictOf(ctx: Ctx, batchId: string): Promise<AppError> {
  const [row] = await ctx.db.select({ keyType: batch.keyType }).from(batch).where(eq(batch.id, batchId));
  return toTypeConflict(ctx.db, row?.keyType ?? -1);
}
