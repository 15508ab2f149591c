import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { pauseFor } from "./transition-batch";

/** Take no new chunks from here on; those under way end and are recorded. Throws AppError conflict if it is not generating. */
export async function pauseBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<null> {
  const row = await ctx.db.transaction((tx) => pauseFor(tx, ctx, input.batchId, "by_user"));
  if (!row) throw new AppError("conflict", "batch_not_generating");
  return null;
}
