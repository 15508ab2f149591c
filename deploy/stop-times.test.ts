import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseEnv } from "../lib/core/env.ts";
import { stopTimes } from "../server/launcher/stop-times.ts";

/** What PostgreSQL of the launcher's own may need after the console, s: it writes everything to disk. */
const POSTGRES_SECONDS = 5;

const read = (path: string): string => readFileSync(join(import.meta.dirname, "..", path), "utf8");

/** The one number that stands at `pattern` in a file. */
function numberIn(path: string, pattern: RegExp): number {
  const found = [...read(path).matchAll(new RegExp(pattern, "gm"))].map(([, digits]) => Number(digits));
  if (found.length === 0) throw new Error(`${path} has no ${pattern}`);
  expect(new Set(found).size, `${path}: ${pattern} says one thing`).toBe(1);
  return found[0] ?? 0;
}

const seconds = (given: Parameters<typeof stopTimes>[0]): number => stopTimes(given).consoleMs / 1_000;

const defaults = parseEnv({});
const alone = seconds(defaults);
/** What the README tells who has several consoles behind a proxy. */
const DRAIN_SECONDS = numberIn("README.md", /DRAIN_SECONDS=(\d+)/);
const drained = seconds({ ...defaults, DRAIN_SECONDS });

test.each([[defaults.UPSTREAM_WRITE_TIMEOUT_MS], [100], [120_000]])(
  "a call whose deadline is %i ms may be answered after the stop began",
  (UPSTREAM_WRITE_TIMEOUT_MS) => {
    const { inFlightMs, drainMs, consoleMs } = stopTimes({ ...defaults, UPSTREAM_WRITE_TIMEOUT_MS });
    expect(inFlightMs).toBeGreaterThanOrEqual(UPSTREAM_WRITE_TIMEOUT_MS);
    expect(consoleMs).toBeGreaterThan(drainMs + inFlightMs);
  },
);

test("an empty variable counts as unset", () => {
  expect(stopTimes({ DRAIN_SECONDS: "", UPSTREAM_WRITE_TIMEOUT_MS: "" })).toEqual(stopTimes(defaults));
});

test("one container, by compose or by hand, is waited for longer than it may need", () => {
  const grace = numberIn("deploy/compose.yaml", /stop_grace_period: (\d+)s$/);
  expect(grace).toBeGreaterThanOrEqual(alone + POSTGRES_SECONDS);
  expect(numberIn("deploy/Dockerfile", /docker stop -t (\d+)/)).toBe(grace);
  expect(numberIn("deploy/compose.yaml", / down -t (\d+)/)).toBe(grace);
  expect(numberIn("docs/decisions/container.md", /podman stop -t (\d+)/)).toBe(grace);
});

test("the unit and Kubernetes wait longer than a console behind a proxy may need", () => {
  const unit = numberIn("deploy/cardesk.service", /^TimeoutStopSec=(\d+)$/);
  const kubernetes = numberIn("docs/decisions/container.md", /terminationGracePeriodSeconds: (\d+)/);
  for (const grace of [unit, kubernetes]) expect(grace).toBeGreaterThanOrEqual(drained + POSTGRES_SECONDS);
  expect(numberIn("deploy/cardesk.service", /DRAIN_SECONDS and (\d+) at least/)).toBe(alone + POSTGRES_SECONDS);
});

test("both READMEs say how long", () => {
  expect(numberIn("README.md", /`DRAIN_SECONDS` and (\d+) seconds more/)).toBe(alone);
  expect(numberIn("README.zh-CN.md", /`DRAIN_SECONDS` 再加 (\d+) 秒/)).toBe(alone);
  expect(numberIn("README.zh-CN.md", /DRAIN_SECONDS=(\d+)/)).toBe(DRAIN_SECONDS);
  expect(numberIn("deploy/haproxy.cfg", /DRAIN_SECONDS=(\d+)/)).toBe(DRAIN_SECONDS);
});
