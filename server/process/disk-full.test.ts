import { closeSync, existsSync, openSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { isDiskFull, requireSpace } from "./disk-full.ts";
import { LaunchError } from "./launch-error.ts";

test("a folder with less space than needed is refused in one sentence that names it", () => {
  const { blocks, bsize } = statfsSync(tmpdir());
  expect(() => requireSpace(tmpdir(), 2 * blocks * bsize)).toThrow(LaunchError);
  expect(() => requireSpace(tmpdir(), 2 * blocks * bsize)).toThrow(`The disk that holds ${tmpdir()} is full`);
  expect(requireSpace(tmpdir(), 0)).toBeUndefined();
});

test("a full disk is recognised as PostgreSQL and its client report it, also as a cause", () => {
  const reported = Object.assign(new Error("could not extend file"), { code: "53100" });
  expect(isDiskFull(new Error("Failed query", { cause: reported }))).toBe(true);
  expect(isDiskFull(Object.assign(new Error("no such table"), { code: "42P01" }))).toBe(false);
  expect(isDiskFull(undefined)).toBe(false);
});

test.runIf(existsSync("/dev/full"))("a full disk is recognised as the system reports it", () => {
  const full = openSync("/dev/full", "w");
  let error: unknown;
  try {
    writeSync(full, "x");
  } catch (thrown) {
    error = thrown;
  } finally {
    closeSync(full);
  }
  expect(isDiskFull(error)).toBe(true);
});
