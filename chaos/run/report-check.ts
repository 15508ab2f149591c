export type Counts = { passed: number; failed: number };
export type Log = (line: string) => void;

const MAX_SHOWN = 10;

/** Log one line for a check, and its first violations; returns the check as a count. */
export function reportCheck(log: Log, name: string, examined: number, violations: readonly string[]): Counts {
  const passed = violations.length === 0;
  log(`${passed ? "ok  " : "FAIL"}  ${String(examined).padStart(6)}  ${name}`);
  for (const violation of violations.slice(0, MAX_SHOWN)) log(`              ${violation}`);
  if (violations.length > MAX_SHOWN) log(`              … and ${violations.length - MAX_SHOWN} more`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The sum of such counts. */
export const sumCounts = (counts: readonly Counts[]): Counts => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
});
