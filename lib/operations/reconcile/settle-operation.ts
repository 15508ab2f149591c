import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import type { Kinds } from "../operation-kind";
import { type OperationView, viewOperation } from "../read/view-operation";
import type { settleSchema } from "../schemas";
import { isQuietPeriodOver } from "./is-quiet-period-over";
import { resolveUnknown } from "./resolve-unknown";

type Input = { ctx: Ctx; input: z.output<typeof settleSchema>; kinds: Kinds };

/**
 * Resolve manually what readings could not decide. Admin only; the reason is audited. Throws AppError conflict if the
 * operation is not unknown any more, needs no manual resolution yet, or is to be settled as not applied before the quiet
 * period is over: until then the upstream may still act.
 */
export async function settleOperation({ ctx, input, kinds }: Input): Promise<OperationView> {
  const row = await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select().from(operation).where(eq(operation.id, input.operationId)).for("update");
    if (!found) throw new AppError("not_found");
    if (found.state !== "unknown") throw new AppError("conflict", "not_unknown");
    if (!found.needsManualResolution) throw new AppError("conflict", "still_finding_out");
    if (input.as === "not_applied" && !isQuietPeriodOver(found, ctx.now()))
      throw new AppError("conflict", "quiet_not_over");
    const settled = { settledAs: input.as, settledBy: ctx.actor.id, settledReason: input.reason };
    const { applyResolved } = kinds[found.kind];
    return resolveUnknown(tx, ctx, {
      id: found.id,
      resolution: { to: "settled", ...settled },
      detail: {},
      applyResolved,
    });
  });
  if (!row) throw new AppError("conflict", "not_unknown");
  return viewOperation(kinds[row.kind], row);
}
