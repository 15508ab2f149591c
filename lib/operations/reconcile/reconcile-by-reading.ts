import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { operation, operationReading } from "@/lib/db/schema";
import { guardRetryInMs } from "@/lib/upstream";
import type { OperationRow } from "../journal/transition-operation";
import type { ObservableKind } from "../operation-kind";
import { evaluateReading } from "./evaluate-reading";
import { isQuietPeriodOver } from "./is-quiet-period-over";
import { resolveUnknown } from "./resolve-unknown";

/**
 * Reconcile an unknown operation once: take a reading, keep it as evidence, and conclude what can be concluded. Throws
 * UpstreamError if the reading could not be taken: that decides nothing, but after the quiet period it allows manual
 * resolution, unless it was our own breaker or queue that refused it.
 */
export async function reconcileByReading(ctx: Ctx, kind: ObservableKind, row: OperationRow): Promise<void> {
  // Use the request time: the response may be stale.
  const at = ctx.now();
  const quietPeriodOver = isQuietPeriodOver(row, at);
  const reading = await kind.takeReading(ctx, row).catch(async (error: unknown) => {
    if (quietPeriodOver && guardRetryInMs(error) === null) await requireManualResolution(ctx, row.id);
    throw error;
  });

  await ctx.db.transaction(async (tx) => {
    const stillUnknown = and(eq(operation.id, row.id), eq(operation.state, "unknown"));
    const [locked] = await tx.select({ id: operation.id }).from(operation).where(stillUnknown).for("update");
    if (!locked) return;
    const [last] = await tx
      .select({ conclusion: operationReading.conclusion })
      .from(operationReading)
      .where(eq(operationReading.operationId, row.id))
      .orderBy(desc(operationReading.id))
      .limit(1);
    // Decide against the baseline this reading began with: a newer baseline may be younger than the reading.
    const verdict = kind.decide({ row, reading, quietPeriodOver });
    const evaluation = evaluateReading({ verdict, lastConclusion: last?.conclusion ?? null, quietPeriodOver });
    const { rebaseline, resolution, needsManualResolution, keepPolling } = evaluation;
    await tx.insert(operationReading).values({ operationId: row.id, at, reading, conclusion: verdict });
    if (resolution) {
      const { applyResolved } = kind;
      await resolveUnknown(tx, ctx, { id: row.id, resolution: { to: resolution }, detail: { reading }, applyResolved });
      return;
    }
    const changes = {
      ...(rebaseline && { baseline: reading }),
      ...(needsManualResolution && { needsManualResolution }),
      ...(!keepPolling && { nextReconcileAt: null }),
    };
    if (Object.keys(changes).length) await tx.update(operation).set(changes).where(stillUnknown);
  });
}

/** The cards stay locked and reconciling goes on, but an administrator need not wait for an upstream that stays away. */
async function requireManualResolution(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .update(operation)
    .set({ needsManualResolution: "undecidable" })
    .where(and(eq(operation.id, id), eq(operation.state, "unknown"), isNull(operation.needsManualResolution)));
}
