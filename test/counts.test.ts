import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { atLeastOne, lastLineCounts, playwrightCounts, vitestCounts } from "./counts.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-counts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("a test file that could not be loaded counts as failed", () => {
  const testResults = [
    { name: "a.test.ts", status: "passed", assertionResults: [{ status: "passed", fullName: "holds" }] },
    { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
  ];
  expect(vitestCounts(report({ numPassedTests: 1, numFailedTests: 0, testResults }))).toEqual({
    passed: 1,
    failed: 1,
    failures: ["b.test.ts: no such module"],
  });
});

test("a failed test is named with what it said", () => {
  const assertionResults = [
    { status: "passed", fullName: "holds" },
    { status: "failed", fullName: "does not hold", failureMessages: ["expected 1 to be 2"] },
  ];
  const testResults = [{ name: "a.test.ts", status: "failed", assertionResults }];
  expect(vitestCounts(report({ numPassedTests: 1, numFailedTests: 1, testResults })).failures).toEqual([
    "a.test.ts › does not hold: expected 1 to be 2",
  ]);
});

test("a journey that passed only on repetition counts as failed", () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1 };
  const of = (title: string, status: string, message?: string) => ({
    file: "a.spec.ts",
    title,
    tests: [{ status, results: message ? [{ error: { message } }, {}] : [{}] }],
  });
  const specs = [of("holds", "expected"), of("fails", "unexpected", "not there"), of("at last", "flaky", "too late")];
  expect(playwrightCounts(report({ stats, errors: [], suites: [{ suites: [{ specs }] }] }))).toEqual({
    passed: 3,
    failed: 2,
    failures: ["a.spec.ts › fails: not there", "a.spec.ts › at last: too late"],
  });
});

test("a program without counts is judged by its exit code", () => {
  expect(lastLineCounts("noise\n12 passed, 0 failed\n")).toEqual({ passed: 12, failed: 0 });
  expect(atLeastOne(lastLineCounts("it crashed"), 1)).toEqual({ passed: 0, failed: 1 });
  expect(vitestCounts(join(folder, "absent.json"))).toEqual({ passed: 0, failed: 0 });
});
