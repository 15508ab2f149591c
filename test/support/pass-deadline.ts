import { vi } from "vitest";
import type { FaultName } from "@/sandbox/core/fault-names";

/** Longer than any test takes: it passes by `passDeadline` alone. */
export const DEADLINE_MS = 120_000;

/** Faults of an upstream that never finishes: only the deadline ends the call. */
const ENDLESS: readonly FaultName[] = ["hang", "drip"];

/** No other timer of the console is this long: those of the database's pool, say, must go by the real clock. */
const isDeadline = (ms: number | undefined): boolean => (ms ?? 0) > DEADLINE_MS / 2;

/**
 * Begin a call that will meet this fault. If the fault has no end, the call's deadline passes once the upstream has
 * taken the call, whatever the machine does meanwhile.
 */
export async function passDeadline<T>(fault: FaultName, begin: () => Promise<T>, taken: () => boolean): Promise<T> {
  if (!ENDLESS.includes(fault)) return begin();
  const { setTimeout, clearTimeout } = globalThis;
  const deadlines = new Map<unknown, () => void>();
  vi.stubGlobal("setTimeout", (callback: () => void, ms?: number) => {
    const timer = setTimeout(callback, ms);
    if (isDeadline(ms)) deadlines.set(timer, callback);
    return timer;
  });
  vi.stubGlobal("clearTimeout", (timer?: NodeJS.Timeout) => {
    deadlines.delete(timer);
    clearTimeout(timer);
  });
  try {
    const result = begin();
    while (!taken()) await new Promise(setImmediate);
    for (const [timer, end] of deadlines) {
      clearTimeout(timer as NodeJS.Timeout);
      end();
    }
    return await result;
  } finally {
    vi.unstubAllGlobals();
  }
}
