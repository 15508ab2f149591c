import "server-only";

/**
 * How far the clock behind a Date header is ahead of ours, in ms to the second: the header has no more. `at` is our time
 * when it was written. Null when absent or unreadable.
 */
export function clockOffsetMs(header: string | undefined, at: number): number | null {
  const date = header && /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(date)) return null;
  // A second may have gone by since the header's second began: the middle of it is the best guess.
  return Math.round((date + 500 - at) / 1000) * 1000;
}
