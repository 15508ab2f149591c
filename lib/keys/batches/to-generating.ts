import "server-only";
import { and, eq, ne } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import { assertWritesAllowed } from "@/lib/settings";
import type { PausedReason } from "../types";
import { assertCreatorMayWrite } from "./assert-creator-may-write";
import { toTypeConflict } from "./create-batch";
import { lockBatch } from "./lock-batch";
import { releaseRefused } from "./release-refused";
import { transitionBatch } from "./transition-batch";

type Input = {
  batchId: string;
  /** It goes on by itself: only if it is paused for this reason, and what refused calls asked for stays reserved. */
  pausedFor?: PausedReason;
};

/**
 * Take a paused batch back to generating, in the caller's transaction. Throws AppError not_found, paused, conflict (not
 * paused; another batch of the type is generating: params name it; or who began it may not generate any more).
 */
export async function toGenerating(tx: Tx, ctx: Ctx, { batchId, pausedFor }: Input): Promise<void> {
  await assertWritesAllowed(tx);
  await assertCreatorMayWrite(tx, batchId).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError("conflict", "batch_creator_not_allowed") : error;
  });
  if (!pausedFor) await releaseRefused(tx, ctx, batchId);
  const row = await lockBatch(tx, batchId);
  if (!row) throw new AppError("not_found");
  if (pausedFor && row.pausedReason !== pausedFor) throw new AppError("conflict", "batch_not_paused");
  const others = and(eq(batch.keyType, row.keyType), eq(batch.state, "generating"), ne(batch.id, batchId));
  if ((await tx.select({ id: batch.id }).from(batch).where(others)).length) throw await toTypeConflict(tx, row.keyType);
  if (!(await transitionBatch(tx, ctx, { batchId, from: "paused", to: "generating", action: "batch.resumed" })))
    throw new AppError("conflict", "batch_not_paused");
}
