import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import { type OperationView, viewOperation } from "../read/view-operation";
import type { settleSchema } from "../schemas";
import { isQuietPeriodOver } from "./reconcile-operation";
import { resolveUnknown } from "./resolve-unknown";

/**
 * A person says what happened where readings could not. Admin only; the reason is audited. Throws AppError conflict
 * if the operation is not unknown any more, does not need a person yet, or shall be settled as not applied while the
 * upstream may still be about to act: nobody can know that before the quiet period is over.
 */
export async function settleOperation({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof settleSchema>;
}): Promise<OperationView> {
  const row = await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select().from(operation).where(eq(operation.id, input.operationId)).for("update");
    if (!found) throw new AppError("not_found");
    if (found.state !== "unknown") throw new AppError("conflict", "not_unknown");
    if (!found.needsManualResolution) throw new AppError("conflict", "still_finding_out");
    if (input.as === "not_applied" && !isQuietPeriodOver(found, ctx.now()))
      throw new AppError("conflict", "quiet_not_over");
    const settled = { settledAs: input.as, settledBy: ctx.actor.id, settledReason: input.reason };
    return resolveUnknown(tx, ctx, found.id, { to: "settled", ...settled }, {});
  });
  if (!row) throw new AppError("conflict", "not_unknown");
  return viewOperation(row);
}
