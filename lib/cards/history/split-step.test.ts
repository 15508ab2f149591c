import fc from "fast-check";
import { expect, test } from "vitest";
import { splitStep } from "./split-step";

const calls = fc.integer({ min: 0, max: 10_000 });
const amount = fc.integer({ min: 1, max: 10_000 });

test("of a source's fall the amount is ours and the rest is use, whatever was used before and after", () => {
  fc.assert(
    fc.property(calls, calls, amount, (left, used, moved) => {
      const before = left + used + moved;
      const split = splitStep({ before, after: left }, { calls: -moved, baseline: before });
      expect(split).toEqual({ middle: before - moved, used, usedBefore: used + moved });
    }),
  );
});

test("of a target's rise the amount is ours; what it lacks was used, what is over is a top-up", () => {
  expect(splitStep({ before: 50, after: 57 }, { calls: 10, baseline: 50 })).toEqual({
    middle: 60,
    used: 3,
    usedBefore: 0,
  });
  expect(splitStep({ before: 50, after: 90 }, { calls: 10, baseline: 50 })).toEqual({
    middle: 60,
    used: 0,
    usedBefore: 0,
  });
});

test.each([
  ["a fall by less than the amount", { before: 100, after: 91 }, { calls: -10, baseline: 100 }],
  ["a rise of a source", { before: 100, after: 120 }, { calls: -10, baseline: 100 }],
  ["a fall of a target", { before: 50, after: 40 }, { calls: 10, baseline: 50 }],
  ["a fall that began above the baseline", { before: 200, after: 100 }, { calls: -10, baseline: 100 }],
])("%s does not contain our step", (_, change, step) => {
  expect(splitStep(change, step)).toBeNull();
});
