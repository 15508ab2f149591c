import { expect, test } from "vitest";
import { CircuitBreaker } from "./circuit-breaker";

function breakerAt() {
  const clock = { now: 0 };
  return { clock, breaker: new CircuitBreaker(() => clock.now) };
}

function begin(breaker: CircuitBreaker) {
  const report = breaker.begin();
  if (!report) throw new Error("the breaker refused the call");
  return report;
}

function fail(breaker: CircuitBreaker, times: number) {
  for (let i = 0; i < times; i++) begin(breaker)("failed");
}

test("five failures in a row open it; an answer in between starts the count again", () => {
  const { breaker } = breakerAt();
  fail(breaker, 4);
  begin(breaker)("answered");
  fail(breaker, 4);
  expect(breaker.state()).toEqual({ state: "closed", failuresInARow: 4, retryInMs: 0 });
  fail(breaker, 1);
  expect(breaker.state()).toEqual({ state: "open", failuresInARow: 5, retryInMs: 15_000 });
  expect(breaker.allowsCall()).toBe(false);
  expect(breaker.begin()).toBeNull();
});

test("a call that was not attempted counts neither way", () => {
  const { breaker } = breakerAt();
  fail(breaker, 4);
  begin(breaker)("not_attempted");
  expect(breaker.state()).toEqual({ state: "closed", failuresInARow: 4, retryInMs: 0 });
});

test("after 15 s it is half open: one probe goes through, and its answer closes it", () => {
  const { breaker, clock } = breakerAt();
  fail(breaker, 5);
  clock.now = 14_999;
  expect(breaker.begin()).toBeNull();
  expect(breaker.state()).toMatchObject({ state: "open", retryInMs: 1 });
  clock.now = 15_000;
  expect(breaker.state().state).toBe("half_open");
  const probe = begin(breaker);
  expect(breaker.begin()).toBeNull();
  probe("answered");
  expect(breaker.state()).toEqual({ state: "closed", failuresInARow: 0, retryInMs: 0 });
  begin(breaker)("answered");
});

test("a probe that fails opens it again; one that was not attempted lets another try", () => {
  const { breaker, clock } = breakerAt();
  fail(breaker, 5);
  clock.now = 15_000;
  begin(breaker)("not_attempted");
  begin(breaker)("failed");
  expect(breaker.state()).toMatchObject({ state: "open", retryInMs: 15_000 });
});

test("the report of a call begun before it opened is ignored, good or bad", () => {
  const { breaker, clock } = breakerAt();
  const [good, bad] = [begin(breaker), begin(breaker)];
  fail(breaker, 5);
  good("answered");
  expect(breaker.state()).toEqual({ state: "open", failuresInARow: 5, retryInMs: 15_000 });
  clock.now = 10_000;
  bad("failed");
  expect(breaker.state()).toEqual({ state: "open", failuresInARow: 5, retryInMs: 5_000 });
});
