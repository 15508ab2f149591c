import "server-only";
import type { FullReading } from "../types";

/** Rows per request: large enough for few calls, small enough to show progress. */
export const PAGE_SIZE = 1_000;

type Whole = { startedAt: string; finishedAt: string | null; rowsRead: number };

/** `whole`: the last run that read everything; `newest`: the last of all, for the size of a list that was never read whole. */
export function fullReadingOf(
  callsPerMinute: number,
  { whole, newest }: { whole: Whole | null; newest: { rowsExpected: number | null } | undefined },
): FullReading {
  const rows = whole?.rowsRead ?? newest?.rowsExpected ?? null;
  return {
    callsPerMinute,
    minutes: rows === null ? null : Math.ceil(callsOf(rows) / callsPerMinute),
    last: whole?.finishedAt
      ? { startedAt: new Date(whole.startedAt).toISOString(), finishedAt: new Date(whole.finishedAt).toISOString() }
      : null,
  };
}

/** One page more than there are: only a page without anything new proves the end. */
const callsOf = (rows: number): number => Math.ceil(rows / PAGE_SIZE) + 1;
