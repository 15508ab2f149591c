import { expect, test } from "vitest";
import type { CallTrace, Fault } from "../types";
import { withRetries } from "./retry";

const traceWith = (status: number | null, fault: Fault | null): CallTrace => ({
  upstream: "espai",
  path: "/",
  phase: "complete",
  status,
  startedAt: new Date(0),
  endedAt: new Date(0),
  ms: 0,
  body: "",
  clockOffsetMs: null,
  fault,
});

/** Attempts with the given faults, one after the other, on a clock of their own; null is success. */
async function play(
  faults: (Fault | null)[],
  { status = 502, retryAfterMs = null as number | null, takes = 0, deadlineMs = 10_000 } = {},
) {
  let clock = 0;
  const pauses: number[] = [];
  const budgets: number[] = [];
  const result = await withRetries(
    async (remainingMs) => {
      budgets.push(remainingMs);
      clock += takes;
      return { retryAfterMs, trace: traceWith(status, faults[budgets.length - 1] ?? null) };
    },
    {
      deadlineMs,
      now: () => clock,
      random: () => 0.5,
      pause: async (ms) => {
        pauses.push(ms);
        clock += ms;
      },
    },
  );
  return { result, calls: budgets.length, pauses, budgets };
}

test("a passing fault is tried again at most twice, with growing jitter", async () => {
  const { calls, pauses, result } = await play(["reset", "timeout", "cut", null]);
  expect({ calls, pauses, fault: result.trace.fault }).toEqual({ calls: 3, pauses: [100, 200], fault: "cut" });
});

test("success ends it", async () => {
  const { calls, result } = await play(["connection_failed", null]);
  expect({ calls, fault: result.trace.fault }).toEqual({ calls: 2, fault: null });
});

test.each<Fault>([
  "redirect",
  "too_large",
  "wrong_shape",
  "bad_signature",
  "unlisted_failure",
  "circuit_open",
  "not_configured",
])("%s is not tried again", async (fault) => {
  expect((await play([fault, null])).calls).toBe(1);
});

test.each([
  [502, 2],
  [429, 2],
  [404, 1],
  [403, 1],
])("HTTP %s: %s calls", async (status, calls) => {
  expect((await play(["http_status", null], { status })).calls).toBe(calls);
});

test("all attempts share one deadline", async () => {
  const { budgets } = await play(["reset", "reset", "reset"], { takes: 300, deadlineMs: 1000 });
  expect(budgets).toEqual([1000, 600, 100]);
  expect((await play(["timeout", null], { takes: 1000, deadlineMs: 1000 })).calls).toBe(1);
});

test("Retry-After is waited for when it fits, and ends the attempts when it does not", async () => {
  expect((await play(["http_status", null], { status: 429, retryAfterMs: 3000 })).pauses).toEqual([3000]);
  expect((await play(["http_status", null], { status: 429, retryAfterMs: 60_000 })).calls).toBe(1);
});
