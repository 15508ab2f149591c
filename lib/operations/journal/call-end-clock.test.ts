import { expect, test } from "vitest";
import { CallEndClock } from "./call-end-clock";

function clockAt(start: number) {
  let now = start;
  return { clock: new CallEndClock(() => now), pass: (ms: number) => (now += ms) };
}

test("a call counts from its first note; the end of one that may still run, from that", () => {
  const { clock, pass } = clockAt(5);
  clock.note("ended");
  clock.note("running", 100);
  pass(60);
  clock.note("ended");
  expect([clock.sinceEndMs("ended"), clock.sinceEndMs("running")]).toEqual([60, -40]);
});

test("a call this process never heard of, as any after a restart, begins now", () => {
  const { clock, pass } = clockAt(1_000_000);
  expect(clock.sinceEndMs("a")).toBe(0);
  pass(7);
  expect(clock.sinceEndMs("a")).toBe(7);
});

test("what is kept keeps its time, what is new begins, what is forgotten starts again", () => {
  const { clock, pass } = clockAt(0);
  clock.note("kept");
  clock.note("forgotten");
  pass(10);
  clock.keepOnly(new Map(["kept", "new"].map((id) => [id, 0])));
  pass(10);
  expect(["kept", "new", "forgotten"].map((id) => clock.sinceEndMs(id))).toEqual([20, 10, 0]);
});
