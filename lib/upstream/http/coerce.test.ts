import { expect, test } from "vitest";
import { beijingTimeToDate, epochMsToDate, toCount } from "./coerce";

test.each([
  [1675926123437, 1675926123437],
  ["1675926123437", 1675926123437],
  [0, 0],
  [-1, null],
  [Number.NaN, null],
  ["1675926123437000", null],
  [1675926123437000, null],
  ["", null],
  [null, null],
])("epoch milliseconds %j are %j", (value, ms) => {
  expect(epochMsToDate(value)?.getTime() ?? null).toBe(ms);
});

test.each([
  ["2023-02-22 09:22:41", "2023-02-22T01:22:41.000Z"],
  ["2023-02-31 09:22:41", null],
  ["2023-02-22", null],
  [1675926123437, null],
  [null, null],
])("the Beijing time %j is %j", (value, iso) => {
  expect(beijingTimeToDate(value)?.toISOString() ?? null).toBe(iso);
});

test.each([
  [10, 10],
  ["10", 10],
  [0, 0],
  ["", null],
  [1.5, null],
  [-1, null],
  [2 ** 53, null],
  ["0x10", null],
  [null, null],
])("the count %j is %j", (value, count) => {
  expect(toCount(value)).toBe(count);
});
