import { afterEach, beforeEach, expect, test, vi } from "vitest";

const HOUR = 3_600_000;
const SERVER = Date.parse("2026-11-29T12:00:00Z");

class Visit {
  responseStart = 200;
}

/** The module as a page has it whose answer began 200 ms and whose scripts run 500 ms after it was asked for. */
async function pageOf(written: string | undefined) {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: { dataset: { now: written } } });
  vi.stubGlobal("PerformanceNavigationTiming", Visit);
  vi.stubGlobal("performance", { now: () => 500, getEntriesByType: () => [new Visit()] });
  return import("./server-now");
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([0, HOUR, -24 * HOUR])("now is the server's, with a clock that is %d ms ahead", async (ahead) => {
  vi.setSystemTime(SERVER + 300 + ahead);
  const { serverNow } = await pageOf(String(SERVER));
  expect(serverNow().getTime()).toBe(SERVER + 300);
  vi.setSystemTime(SERVER + 300 + ahead + HOUR);
  expect(serverNow().getTime()).toBe(SERVER + 300 + HOUR);
});

test("without the server's time it is the device's", async () => {
  vi.setSystemTime(SERVER);
  const { serverNow } = await pageOf(undefined);
  expect(serverNow().getTime()).toBe(SERVER);
});
