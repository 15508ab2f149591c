import { readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number };

/** A runner that ended badly without counting (it could not even start) is one failure. */
export function atLeastOne(counts: Counts, exitCode: number | null): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Read vitest's JSON report: tests, and files that could not be loaded. */
export function vitestCounts(path: string): Counts {
  const report = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  }>(path);
  if (!report) return { passed: 0, failed: 0 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.length,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/** Read Playwright's JSON report. A journey that passed only when repeated counts as failed. */
export function playwrightCounts(path: string): Counts {
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number }; errors?: unknown[] }>(
    path,
  );
  if (!report) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) };
}

/** Read the last line of a program that ends with "N passed, N failed". */
export function lastLineCounts(output: string): Counts {
  const match = output.trimEnd().match(/(\d+) passed, (\d+) failed$/);
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : { passed: 0, failed: 0 };
}

function readReport<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}
