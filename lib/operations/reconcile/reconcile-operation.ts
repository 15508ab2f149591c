import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { isInFullListing, readCardsLive } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { operation, operationReading } from "@/lib/db/schema";
import { espai } from "@/lib/upstream";
import type { OperationRow } from "../journal/transition-operation";
import type { Reading } from "../types";
import { evaluateReading } from "./evaluate-reading";
import { resolveUnknown } from "./resolve-unknown";

/**
 * Look once at an unknown transfer or destroy: take a reading, keep it as evidence, and conclude what can be concluded.
 * Throws UpstreamError if the reading could not be taken: that decides nothing, but after the quiet period a person may.
 */
export async function reconcileOperation(ctx: Ctx, row: OperationRow): Promise<void> {
  // The clock of the question, not of the answer: an answer may be as old as its question.
  const at = ctx.now();
  const quiet = isQuietPeriodOver(row, at);
  const reading = await takeReading(ctx, row).catch(async (error: unknown) => {
    if (quiet) await askPerson(ctx, row.id);
    throw error;
  });

  await ctx.db.transaction(async (tx) => {
    const open = and(eq(operation.id, row.id), eq(operation.state, "unknown"));
    const [held] = await tx.select({ id: operation.id }).from(operation).where(open).for("update");
    if (!held) return;
    const [last] = await tx
      .select({ conclusion: operationReading.conclusion })
      .from(operationReading)
      .where(eq(operationReading.operationId, row.id))
      .orderBy(desc(operationReading.id))
      .limit(1);
    // Evaluation against the baseline this look began with: a newer one may be younger than this reading.
    const { params, baseline } = row;
    const weighed = evaluateReading({ params, baseline, last: last?.conclusion ?? null, reading, quiet });
    await tx.insert(operationReading).values({ operationId: row.id, at, reading, conclusion: weighed.verdict });
    if (weighed.ends) {
      await resolveUnknown(tx, ctx, row.id, { to: weighed.ends }, { reading });
      return;
    }
    const changes = {
      ...(weighed.rolls && { baseline: reading }),
      ...(weighed.needsManualResolution && { needsManualResolution: weighed.needsManualResolution }),
      ...(!weighed.keepPolling && { nextReconcileAt: null }),
    };
    if (Object.keys(changes).length) await tx.update(operation).set(changes).where(open);
  });
}

/** Whether the quiet period after the operation's call is over: from then on the upstream will not act any more. */
export const isQuietPeriodOver = ({ endedAt }: Pick<OperationRow, "endedAt">, at: Date): boolean =>
  endedAt !== null && at.getTime() - endedAt.getTime() >= env().QUIET_PERIOD_SECONDS * 1000;

/** Target first, then source: a transfer that happens in between then reads as "undecided", never as a conflict. */
async function takeReading(ctx: Ctx, row: OperationRow): Promise<Reading> {
  const { params } = row;
  if (params.kind === "transfer") {
    const [target] = await readCardsLive(ctx, [params.target.id]);
    const [source] = await readCardsLive(ctx, [params.source.id]);
    return { kind: "balances", source: source?.balance ?? null, target: target?.balance ?? null };
  }
  if (params.kind === "destroy") {
    const byId = (await espai().readCardById(params.card.id)) !== null;
    return { kind: "presence", byId, inFullList: byId ? null : await isInFullListing(ctx, params.card.id) };
  }
  throw new AppError("internal");
}

/** The cards stay locked and the looks go on, but nobody has to wait for an upstream that may never answer again. */
async function askPerson(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .update(operation)
    .set({ needsManualResolution: "undecidable" })
    .where(and(eq(operation.id, id), eq(operation.state, "unknown"), isNull(operation.needsManualResolution)));
}
