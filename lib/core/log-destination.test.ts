import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { logDestination } from "./log-destination";

let folder: string;
let fd: number;
const path = () => join(folder, "console.log");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-log-"));
  writeFileSync(path(), "");
});
afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

test("lines are written at once", () => {
  fd = openSync(path(), "a");
  pino({ base: null, timestamp: false }, logDestination(fd)).info("hello");
  expect(readFileSync(path(), "utf8")).toBe('{"level":30,"msg":"hello"}\n');
});

test("lines that cannot be written are no error, however many", () => {
  fd = openSync(path(), "r");
  const log = pino(logDestination(fd));
  const line = "x".repeat(100_000);
  for (let i = 0; i < 30; i++) expect(() => log.info(line)).not.toThrow();
  expect(readFileSync(path(), "utf8")).toBe("");
});
