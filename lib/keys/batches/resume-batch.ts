import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/core/errors";
import { violates } from "@/lib/db/errors";
import { batch } from "@/lib/db/schema";
import { enqueue, runBatchJob } from "@/lib/queue";
import { isConfigured, UpstreamError } from "@/lib/upstream";
import { toTypeConflict } from "./create-batch";
import { toGenerating } from "./to-generating";

/**
 * Resume a paused batch. Unknown chunks stay reserved: only what is certainly missing is made, and what the upstream
 * said it refused. Throws AppError conflict
 * (not paused; another batch of the type is generating: params name it; or who began it may not generate any more), paused,
 * not_configured.
 */
export async function resumeBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const { batchId } = input;
  if (!isConfigured("potato")) throw new UpstreamError("potato", "not_configured");
  try {
    await ctx.db.transaction((tx) => toGenerating(tx, ctx, { batchId }));
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
