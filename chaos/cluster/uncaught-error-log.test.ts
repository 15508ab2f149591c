import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UncaughtErrorLog } from "./uncaught-error-log.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-log-"));
  path = join(folder, "console.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("finds what Next reports, however the file grows", () => {
  const log = new UncaughtErrorLog(path);
  log.read();
  appendFileSync(path, '{"level":30,"msg":"ready"}\n ⨯ uncaughtExcep');
  log.read();
  appendFileSync(path, "tion:  Error: Connection terminated unexpectedly\n    at Connection.end\n");
  log.read();
  appendFileSync(path, " ⨯ unhandledRejection: TypeError: no such function\n");
  log.read();
  log.read();
  expect(log.errors).toEqual(["Error: Connection terminated unexpectedly", "TypeError: no such function"]);
  expect(log.lines).toBe(4);
});

test("finds it as a line of the log, too", () => {
  const log = new UncaughtErrorLog(path);
  const reported = {
    level: 50,
    by: "console",
    err: { type: "TypeError" },
    msg: " ⨯ uncaughtException:  TypeError: no such",
  };
  writeFileSync(path, `${JSON.stringify(reported)}\n`);
  log.read();
  expect(log.errors).toEqual([expect.stringContaining("TypeError: no such")]);
});

test("finds the error a process died of", () => {
  const log = new UncaughtErrorLog(path);
  const crash = "node:events:497\n      throw er; // Unhandled 'error' event\n\nError: read ECONNRESET\n    at TCP\n";
  writeFileSync(path, `${crash}\nNode.js v24.21.0\n`);
  log.read();
  expect(log.errors).toEqual(["Error: read ECONNRESET, and the process died of it"]);
});

test("takes no other error for an uncaught one, and reads a truncated file from its start", () => {
  const log = new UncaughtErrorLog(path);
  writeFileSync(path, `Error: handled and logged\n${'{"level":50,"msg":"sync failed"}\n'.repeat(3)}`);
  log.read();
  expect(log.errors).toEqual([]);
  writeFileSync(path, " ⨯ unhandledRejection: Error: later\n");
  log.read();
  expect(log.errors).toEqual(["Error: later"]);
  expect(log.lines).toBe(5);
});
