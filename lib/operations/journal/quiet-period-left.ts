import "server-only";
import { env } from "@/lib/core/env";
import { callEndClock } from "./call-end-clock";
import { timeLeft } from "./time-left";
import type { OperationRow } from "./transition-operation";

/**
 * Milliseconds of the quiet period left at `at`, now, by whichever of the two clocks asks for more: the wall clock,
 * and this process's monotonic one. 0: over. Infinite while the call has not ended.
 */
export function quietPeriodLeft({ id, endedAt }: Pick<OperationRow, "id" | "endedAt">, at: Date): number {
  if (!endedAt) return Number.POSITIVE_INFINITY;
  const wallMs = at.getTime() - endedAt.getTime();
  return timeLeft(env().QUIET_PERIOD_SECONDS * 1000, { wallMs, monotonicMs: callEndClock().sinceEndMs(id) });
}
