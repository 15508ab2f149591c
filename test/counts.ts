import { readFileSync } from "node:fs";

/** `failures` names what failed, where the runner says it: the end of a long log is often all that is kept. */
export type Counts = { passed: number; failed: number; failures?: string[] };

/** A runner that ended badly without counting (it could not even start) is one failure. */
export function atLeastOne(counts: Counts, exitCode: number | null): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Read vitest's JSON report: tests, and files that could not be loaded. */
export function vitestCounts(path: string): Counts {
  const report = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    testResults: VitestFile[];
  }>(path);
  if (!report) return { passed: 0, failed: 0 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.length,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    failures: report.testResults.flatMap(failuresOf),
  };
}

type VitestFile = {
  name: string;
  status: string;
  message?: string;
  assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
};

function failuresOf({ name, status, message, assertionResults }: VitestFile): string[] {
  if (assertionResults.length === 0) return status === "failed" ? [`${name}: ${message ?? ""}`] : [];
  return assertionResults
    .filter((each) => each.status === "failed")
    .map(({ fullName, failureMessages }) => `${name} › ${fullName}: ${failureMessages?.join("\n") ?? ""}`);
}

/** Read Playwright's JSON report. A journey that passed only when repeated counts as failed. */
export function playwrightCounts(path: string): Counts {
  const report = readReport<{
    stats: { expected: number; unexpected: number; flaky: number };
    errors?: { message?: string }[];
    suites?: PlaywrightSuite[];
  }>(path);
  if (!report) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = report.stats;
  const errors = report.errors ?? [];
  return {
    passed: expected,
    failed: unexpected + flaky + errors.length,
    failures: [...(report.suites ?? []).flatMap(badSpecsOf), ...errors.map(({ message }) => message ?? "")],
  };
}

type PlaywrightSuite = {
  suites?: PlaywrightSuite[];
  specs?: {
    file: string;
    title: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
};

function badSpecsOf({ suites = [], specs = [] }: PlaywrightSuite): string[] {
  const bad = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results }) => `${file} › ${title}: ${results.find(({ error }) => error)?.error?.message ?? ""}`),
  );
  return [...bad, ...suites.flatMap(badSpecsOf)];
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
