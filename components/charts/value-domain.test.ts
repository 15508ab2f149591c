import { expect, test } from "vitest";
import { valueDomain } from "./value-domain";

const around = { fromZero: false, leastSpan: 0.1 };

test("values that move little fill the height", () => {
  const [low, high] = valueDomain([172.2, 172.4], around);
  expect(low).toBeCloseTo(172.18);
  expect(high).toBeCloseTo(172.42);
});

test("a flat line runs through the middle, not along the bottom", () => {
  const [low, high] = valueDomain([172.2, 172.2], around);
  expect((low + high) / 2).toBeCloseTo(172.2);
  expect(high - low).toBeCloseTo(0.1);
});

test("nothing that can't be negative gets an axis below zero", () => {
  expect(valueDomain([0, 100], around)[0]).toBe(0);
  expect(valueDomain([-100, 100], around)[0]).toBeLessThan(-100);
});

test("from zero the scale begins there, and has a height even for nothing", () => {
  expect(valueDomain([3, 40], { fromZero: true, leastSpan: 1 })).toEqual([0, 40]);
  expect(valueDomain([0, 0], { fromZero: true, leastSpan: 1 })).toEqual([0, 1]);
});
