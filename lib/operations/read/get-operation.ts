import "server-only";
import { and, asc, eq, or } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { mayHaveHappened, operation, operationReading, user } from "@/lib/db/schema";
import { readRestoredAt } from "@/lib/settings";
import { type OperationRow, openOperation } from "../journal/open-operation";
import { quietPeriodLeft } from "../journal/quiet-period-left";
import { PROVEN_STATES, type Reading } from "../operation";
import type { Kinds } from "../operation-kind";
import type { getOperationSchema } from "../schemas";
import { type OperationView, viewOperation } from "./view-operation";

export type ReadingView = { at: string; reading: Reading; conclusion: string };
export type OperationDetail = OperationView & {
  readings: ReadingView[];
  settledByName: string | null;
  /** The operation that repeated this one, if any was confirmed. */
  retriedBy: string | null;
  /** What gave it back, or is about to; and whether that can be asked for: of a transfer that certainly happened. */
  reversedBy: string | null;
  reversible: boolean;
  /** Of a merge, what destroyed the emptied card, or is about to; and whether that can be asked for. */
  mergedBy: string | null;
  mergeable: boolean;
  /** Seconds after the call's end from which "not applied" can be said, and the moment that is by the wall clock. */
  quietSeconds: number;
  quietAt: string | null;
};

type Input = { ctx: Ctx; input: z.output<typeof getOperationSchema>; kinds: Kinds };

/** One operation with its evidence in time order. Throws AppError not_found. */
export async function getOperation({ ctx, input, kinds }: Input): Promise<OperationDetail> {
  const { operationId } = input;
  const [[found], readings, retries, followers, restoredAt] = await Promise.all([
    ctx.db
      .select({ row: operation, settledByName: user.username })
      .from(operation)
      .leftJoin(user, eq(user.id, operation.settledBy))
      .where(eq(operation.id, operationId)),
    ctx.db
      .select()
      .from(operationReading)
      .where(eq(operationReading.operationId, operationId))
      .orderBy(asc(operationReading.id)),
    ctx.db
      .select({ id: operation.id, state: operation.state })
      .from(operation)
      .where(eq(operation.retryOf, operationId)),
    ctx.db
      .select({ id: operation.id, reverses: operation.reverses })
      .from(operation)
      .where(and(or(eq(operation.reverses, operationId), eq(operation.mergeOf, operationId)), mayHaveHappened)),
    readRestoredAt(ctx.db),
  ]);
  if (!found) throw new AppError("not_found");
  const row = openOperation(found.row);
  const quietSeconds = env().QUIET_PERIOD_SECONDS;
  const retriedBy = retries.find((retry) => retry.state !== "draft")?.id ?? null;
  const reversedBy = followers.find(({ reverses }) => reverses === operationId)?.id ?? null;
  const mergedBy = followers.find(({ reverses }) => reverses !== operationId)?.id ?? null;
  // What came after it is not known: nothing is built on it.
  const isRestored = restoredAt !== null && row.createdAt <= restoredAt;
  const happened = PROVEN_STATES.includes(row.state);
  const view = viewOperation(kinds[row.kind], row);
  return {
    ...view,
    retryable: view.retryable && !retriedBy && !isRestored,
    readings: readings.map((r) => ({ at: r.at.toISOString(), reading: r.reading, conclusion: r.conclusion })),
    settledByName: found.settledByName,
    retriedBy,
    reversedBy,
    reversible: row.kind === "transfer" && happened && !reversedBy && !isRestored,
    mergedBy,
    mergeable: row.merges && happened && !mergedBy && !reversedBy,
    quietSeconds,
    quietAt: quietAt(row, ctx.now())?.toISOString() ?? null,
  };
}

/** The end of the quiet period; later than the wall clock says if that was set forward, or the console began again, meanwhile. */
function quietAt(row: OperationRow, now: Date): Date | null {
  if (!row.endedAt) return null;
  const at = new Date(row.endedAt.getTime() + env().QUIET_PERIOD_SECONDS * 1000);
  return row.state === "unknown" ? new Date(Math.max(at.getTime(), now.getTime() + quietPeriodLeft(row, now))) : at;
}
