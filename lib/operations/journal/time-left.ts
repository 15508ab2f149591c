/** What is left of a period when both clocks must have passed it. Pure. */
export const timeLeft = (periodMs: number, elapsed: { wallMs: number; monotonicMs: number }): number =>
  Math.max(0, periodMs - Math.min(elapsed.wallMs, elapsed.monotonicMs));
