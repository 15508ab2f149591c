import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { transitionBatch } from "./transition-batch";

/**
 * Make no more keys for this batch, for good. Those made stay, those under way are recorded, unknown ones are still
 * found out. Throws AppError conflict if it is neither generating nor paused.
 */
export async function cancelBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const finished = { finishedAt: ctx.now() };
  const row = await ctx.db.transaction(
    async (tx) =>
      (await transitionBatch(tx, ctx, input.batchId, "generating", "cancelled", "batch.cancelled", finished)) ??
      (await transitionBatch(tx, ctx, input.batchId, "paused", "cancelled", "batch.cancelled", finished)),
  );
  if (!row) throw new AppError("conflict", "batch_is_over");
  return null;
}
