import fc from "fast-check";
import { expect, test } from "vitest";
import { roundTicks, tickPlaces } from "./round-ticks";

test.each([
  [1.050682, [0, 0.5, 1, 1.5]],
  [0.008595, [0, 0.005, 0.01]],
  [6.1, [0, 5, 10]],
  [9, [0, 5, 10]],
  [400, [0, 200, 400]],
])("up to %d", (most, ticks) => expect(roundTicks(most)).toEqual(ticks));

test("for any amount there are three or four ticks, evenly apart, and the last is not below it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.000004, max: 1e9, noNaN: true }), (most) => {
      const ticks = roundTicks(most);
      const [first = -1, step = 0] = ticks;
      const last = ticks.at(-1) ?? 0;
      expect([3, 4]).toContain(ticks.length);
      expect(first).toBe(0);
      expect(last).toBeGreaterThanOrEqual(most);
      expect(last / step).toBeCloseTo(ticks.length - 1);
      // Round: 1, 2 or 5 and zeros.
      expect(step.toExponential()).toMatch(/^[125]e/);
    }),
  );
});

test("the labels have as many places as tell the ticks apart", () => {
  expect(tickPlaces([0, 0.5, 1], 6)).toBe(1);
  expect(tickPlaces([0, 0.005, 0.01], 6)).toBe(3);
  expect(tickPlaces([0, 200, 400], 6)).toBe(0);
  expect(tickPlaces([0, 1e-9], 6)).toBe(6);
});
