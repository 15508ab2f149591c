/** How long the parts of a stop may take, ms. */
export type StopTimes = {
  /** A console behind a proxy serves on. */
  drainMs: number;
  /** Then requests and calls in flight end. */
  inFlightMs: number;
  /** From the request to stop until the console's process is killed. */
  consoleMs: number;
};

/** The variables, as they are or parsed. */
type Given = { readonly [name: string]: unknown; DRAIN_SECONDS?: unknown; UPSTREAM_WRITE_TIMEOUT_MS?: unknown };

/**
 * A write that was sent must have time for its answer: one that is cut off has an unknown outcome. Who stops the launcher must wait
 * longer than `consoleMs` (deploy/stop-times.test.ts holds the files of deploy/ to it), and a little more for PostgreSQL.
 */
export function stopTimes({ DRAIN_SECONDS, UPSTREAM_WRITE_TIMEOUT_MS }: Given): StopTimes {
  const drainMs = Number(DRAIN_SECONDS || 0) * 1_000;
  const inFlightMs = Math.max(30_000, Number(UPSTREAM_WRITE_TIMEOUT_MS || 0));
  return { drainMs, inFlightMs, consoleMs: drainMs + inFlightMs + 5_000 };
}
