/**
 * So much the clocks of several consoles, or ours and an upstream's, may differ, in ms. A stored time that is further ahead
 * than this is of a clock that was wrong.
 */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
