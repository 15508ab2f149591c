import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WallClock } from "./wall-clock.ts";

const MINUTE = 60_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-clock-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

test("times of stepped consoles become ours again, also those written just before they saw the step", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const clock = new WallClock(join(folder, "clock"));
  expect(clock.toOurTime(999_999)).toBe(999_999);
  clock.step(3 * MINUTE);
  expect(readFileSync(clock.file, "utf8")).toBe("180000");
  expect(clock.toOurTime(1_000_050)).toBe(1_000_050);
  expect(clock.toOurTime(1_000_050 + 3 * MINUTE)).toBe(1_000_050);
  vi.setSystemTime(1_100_000);
  clock.step(2 * MINUTE);
  expect(clock.aheadMs).toBe(5 * MINUTE);
  expect(clock.toOurTime(1_100_020 + 3 * MINUTE)).toBe(1_100_020);
  expect(clock.toOurTime(1_100_020 + 5 * MINUTE)).toBe(1_100_020);
});

const SHOW = `
  const { performance } = require("node:perf_hooks");
  const real = performance.timeOrigin + performance.now();
  const shown = [Date.now(), Object.getOwnPropertyDescriptor(Date, "now").value(), +new Date(), Date.parse(Date())].map((time) => Math.round((time - real) / 60_000));
  console.log(JSON.stringify({ shown, given: +new Date(5), utc: Date.UTC(1970, 0, 1), isDate: new Date() instanceof Date }));
`;

test.each([
  ["console-server.ts", 7],
  ["launch.ts", 0],
])("in %s the wall clock is ahead by %d minutes, and nothing else of Date changes", (name, minutes) => {
  const file = join(folder, "clock");
  writeFileSync(file, String(7 * MINUTE));
  const main = join(folder, name);
  writeFileSync(main, SHOW);
  const preload = pathToFileURL(join(import.meta.dirname, "step-clock.ts")).href;
  const env = { ...process.env, NODE_OPTIONS: `--import=${preload}`, CHAOS_CLOCK_FILE: file };
  const { stdout } = spawnSync(process.execPath, [main], { env, encoding: "utf8" });
  expect(JSON.parse(stdout)).toEqual({ shown: [minutes, minutes, minutes, minutes], given: 5, utc: 0, isDate: true });
});
