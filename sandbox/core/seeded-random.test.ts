import { expect, test } from "vitest";
import { seededRandom } from "./seeded-random.ts";

const draws = (seed: number, count = 100) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test("the same seed gives the same values, another seed others", () => {
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
});

test("the first value is spread evenly over neighbouring seeds", () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => seededRandom(seed + 1).next());
  for (let tenth = 0; tenth < 10; tenth++) {
    const inside = firsts.filter((value) => Math.floor(value * 10) === tenth).length;
    expect(inside).toBeGreaterThan(60);
    expect(inside).toBeLessThan(140);
  }
});

test("integers include both bounds and nothing outside", () => {
  const random = seededRandom(3);
  const seen = new Set(Array.from({ length: 200 }, () => random.int(4, 7)));
  expect([...seen].toSorted()).toEqual([4, 5, 6, 7]);
  expect(random.int(5, 5)).toBe(5);
  expect(() => random.int(0, -1)).toThrow(RangeError);
});

test("items, hex and text have the form that was asked for", () => {
  const random = seededRandom(4);
  expect(["a", "b"]).toContain(random.pick(["a", "b"]));
  expect(random.hex(33)).toMatch(/^[0-9a-f]{33}$/);
  expect(random.text(50, "xyz")).toMatch(/^[xyz]{50}$/);
});
