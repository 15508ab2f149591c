import { vi } from "vitest";
import type { FaultName } from "@/sandbox/core/fault-names";

/** Longer than any test takes: it passes by `passDeadline` alone. */
export const DEADLINE_MS = 120_000;

/** Faults of an upstream that never finishes: only the deadline ends the call. */
const ENDLESS: readonly FaultName[] = ["hang", "drip"];

/**
 * Begin a call that will meet this fault. If the fault has no end, the call's deadline passes once the upstream has
 * taken the call, whatever the machine does meanwhile.
 */
export async function passDeadline<T>(fault: FaultName, begin: () => Promise<T>, taken: () => boolean): Promise<T> {
  if (!ENDLESS.includes(fault)) return begin();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const result = begin();
    while (!taken()) await new Promise(setImmediate);
    vi.advanceTimersByTime(DEADLINE_MS);
    return result;
  } finally {
    vi.useRealTimers();
  }
}
