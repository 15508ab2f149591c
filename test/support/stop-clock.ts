import { onTestFinished, vi } from "vitest";

/**
 * From here to the end of the test, `setTimeout` and `performance.now` go on only by `vi.advanceTimersByTime`: a deadline
 * passes when the test says so, however slow the machine. Sockets, promises and `setImmediate` are as ever.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
}
