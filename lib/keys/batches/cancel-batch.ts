import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockBatch } from "./lock-batch";
import { transitionBatch } from "./transition-batch";

/**
 * Make no more keys for this batch, for good. Generated keys stay, calls in flight are recorded, unknown ones are still
 * reconciled. Throws AppError conflict if it is neither generating nor paused.
 */
export async function cancelBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const { batchId } = input;
  const end = { batchId, to: "cancelled", action: "batch.cancelled", patch: { finishedAt: ctx.now() } } as const;
  const row = await ctx.db.transaction(async (tx) => {
    // Locked first: one that is being resumed would be found in neither state.
    const from = (await lockBatch(tx, batchId))?.state;
    return from === "generating" || from === "paused" ? transitionBatch(tx, ctx, { ...end, from }) : null;
  });
  if (!row) throw new AppError("conflict", "batch_is_over");
  return null;
}
