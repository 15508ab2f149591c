import "server-only";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { CallEndClock } from "@/lib/operations";

const clock = sharedSlot<CallEndClock>("shortfall-clock");

/**
 * Whether the quiet period after the call of a short answer is over at `at`, now, on both clocks: a wall clock that is set
 * forward proves nothing. The monotonic one counts from when this process first looked for the missing keys.
 */
export function isShortfallQuiet({ id, endedAt }: { id: string; endedAt: Date }, at: Date): boolean {
  clock.value ??= new CallEndClock();
  const elapsedMs = Math.min(at.getTime() - endedAt.getTime(), clock.value.sinceEndMs(id));
  return elapsedMs >= env().QUIET_PERIOD_SECONDS * 1000;
}
