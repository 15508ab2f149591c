import { expect, test } from "vitest";
import { seededRandom } from "../../sandbox/core/seeded-random.ts";
import { drawSpread } from "./spread.ts";

test("the seed spreads them over the whole run, one in each part of it", () => {
  const drawn = drawSpread(seededRandom(4), 10, { min: 3, max: 12 });
  expect(drawn).toEqual(drawSpread(seededRandom(4), 10, { min: 3, max: 12 }));
  expect(drawn.map(({ share }) => Math.floor(share * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const { amount } of drawn) {
    expect(amount).toBeGreaterThanOrEqual(3);
    expect(amount).toBeLessThanOrEqual(12);
  }
});

test("none is drawn when none is asked for", () => {
  expect(drawSpread(seededRandom(4), 0, { min: 3, max: 12 })).toEqual([]);
});
