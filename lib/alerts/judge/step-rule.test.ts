import fc from "fast-check";
import { expect, test } from "vitest";
import { stepRule, type Threshold } from "./step-rule";

const UNIT = 1_000_000n;

/** What is told of a sequence of values, null where nothing is. */
function tell(threshold: Threshold, values: readonly (bigint | null)[]) {
  let firing = false;
  return values.map((value) => {
    const said = stepRule(threshold, firing, value);
    if (said) firing = said === "fired";
    return said;
  });
}

const micro = (numbers: readonly (number | null)[]) =>
  numbers.map((number) => (number === null ? null : BigInt(number) * UNIT));

test("a balance that crosses, trembles at the edge, recovers and crosses again", () => {
  const below: Threshold = { side: "below", at: "20", rearm: "30" };
  expect(tell(below, micro([40, 20, 19, 20, 29, 19, 30, 19]))).toEqual([
    null,
    null,
    "fired",
    null,
    null,
    null,
    "recovered",
    "fired",
  ]);
});

test("a count from one on is well again at none", () => {
  const from: Threshold = { side: "from", at: "1", rearm: "0" };
  expect(tell(from, micro([0, 1, 2, null, 1, 0, 0, 3]))).toEqual([
    null,
    "fired",
    null,
    null,
    null,
    "recovered",
    null,
    "fired",
  ]);
});

/** Sides with their levels in order, and values around them, some unknown. */
const cases = fc.record({
  side: fc.constantFrom("below" as const, "from" as const),
  levels: fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 10 })),
  values: fc.array(fc.option(fc.integer({ min: 0, max: 40 })), { maxLength: 60 }),
});

test("whatever the values: begins and ends take turns, each at its own level, nothing between them", () => {
  fc.assert(
    fc.property(cases, ({ side, levels: [low, gap], values }) => {
      const [at, rearm] = side === "below" ? [low, low + gap] : [low + gap, low];
      const said = tell({ side, at: String(at), rearm: String(rearm) }, micro(values));
      const isBad = (value: number) => (side === "below" ? value < at : value >= at);
      const isWell = (value: number) => (side === "below" ? value >= rearm : value <= rearm);
      let firing = false;
      for (const [index, value] of values.entries()) {
        const expected = value === null ? null : firing ? isWell(value) && "recovered" : isBad(value) && "fired";
        expect(said[index]).toBe(expected || null);
        if (expected) firing = !firing;
      }
      const told = said.filter(Boolean);
      expect(told.every((word, index) => word === (index % 2 === 0 ? "fired" : "recovered"))).toBe(true);
    }),
  );
});
