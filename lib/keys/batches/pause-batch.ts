import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { pauseGenerating } from "./pause-generating";

/** Claim no new chunks; calls in flight end and are recorded. Throws AppError conflict if it is not generating. */
export async function pauseBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const row = await ctx.db.transaction((tx) => pauseGenerating(tx, ctx, { batchId: input.batchId, reason: "by_user" }));
  if (!row) throw new AppError("conflict", "batch_not_generating");
  return null;
}
