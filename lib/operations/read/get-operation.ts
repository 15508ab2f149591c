import "server-only";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { operation, operationReading, user } from "@/lib/db/schema";
import { type OperationRow, openOperation } from "../journal/open-operation";
import { quietPeriodLeft } from "../journal/quiet-period-left";
import type { Reading } from "../operation";
import type { Kinds } from "../operation-kind";
import type { getOperationSchema } from "../schemas";
import { type OperationView, viewOperation } from "./view-operation";

export type ReadingView = { at: string; reading: Reading; conclusion: string };
export type OperationDetail = OperationView & {
  readings: ReadingView[];
  settledByName: string | null;
  /** The operation that repeated this one, if any was confirmed. */
  retriedBy: string | null;
  /** Seconds after the call's end from which "not applied" can be said, and the moment that is by the wall clock. */
  quietSeconds: number;
  quietAt: string | null;
};

type Input = { ctx: Ctx; input: z.output<typeof getOperationSchema>; kinds: Kinds };

/** One operation with its evidence in time order. Throws AppError not_found. */
export async function getOperation({ ctx, input, kinds }: Input): Promise<OperationDetail> {
  const { operationId } = input;
  const [[found], readings, retries] = await Promise.all([
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
  ]);
  if (!found) throw new AppError("not_found");
  const row = openOperation(found.row);
  const quietSeconds = env().QUIET_PERIOD_SECONDS;
  const retriedBy = retries.find((retry) => retry.state !== "draft")?.id ?? null;
  const view = viewOperation(kinds[row.kind], row);
  return {
    ...view,
    retryable: view.retryable && !retriedBy,
    readings: readings.map((r) => ({ at: r.at.toISOString(), reading: r.reading, conclusion: r.conclusion })),
    settledByName: found.settledByName,
    retriedBy,
    quietSeconds,
    quietAt: quietAt(row, ctx.now())?.toISOString() ?? null,
  };
}

/** The end of the quiet period; later than the wall clock says if that was set forward meanwhile. */
function quietAt(row: OperationRow, now: Date): Date | null {
  if (!row.endedAt) return null;
  const at = new Date(row.endedAt.getTime() + env().QUIET_PERIOD_SECONDS * 1000);
  return row.state === "unknown" && at <= now
    ? new Date(Math.max(at.getTime(), now.getTime() + quietPeriodLeft(row, now)))
    : at;
}
