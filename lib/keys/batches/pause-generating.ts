import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import type { PausedReason } from "../types";
import { type BatchRow, transitionBatch } from "./transition-batch";

type Input = {
  batchId: string;
  reason: PausedReason;
  /** The upstream's own message. */
  details?: string | null;
  /** How far the upstream's clock is ahead of ours, for a pause because of it. */
  clockOffsetMs?: number | null;
};

/** Pause a generating batch with the reason its page shows, in the caller's transaction. Null: it was not generating. */
export const pauseGenerating = (
  tx: Tx,
  ctx: Ctx,
  { batchId, reason, details = null, clockOffsetMs = null }: Input,
): Promise<BatchRow | null> => {
  const patch = {
    pausedReason: reason,
    pausedDetails: details?.slice(0, 500) || null,
    pausedClockOffsetMs: reason === "clock_skew" && clockOffsetMs !== null ? Math.round(clockOffsetMs) : null,
  };
  return transitionBatch(tx, ctx, { batchId, from: "generating", to: "paused", action: "batch.paused", patch });
};
