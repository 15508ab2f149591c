import { expect, test } from "vitest";
import { formatInteger, formatPercent, parseInteger } from "./numbers";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [-1234567, "-1,234,567"],
  [12345678901234567890n, "12,345,678,901,234,567,890"],
])("%s is written %s", (value, text) => {
  expect(formatInteger(value)).toBe(text);
});

test.each([
  [0, "0%"],
  [0.0349, "3.5%"],
  [1, "100%"],
])("a share of %s is %s", (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test.each([
  ["1,234", 1234],
  [" １２３ ", 123],
  ["1 000", 1000],
  ["-5", -5],
  ["", null],
  ["1,234,567", 1234567],
  ["1.5", null],
  ["1,5", null],
  ["0,500", null],
  ["00 500", null],
  ["1，5", null],
  ["10 20", null],
  ["1e3", null],
  ["十", null],
  ["9999999999999999", null],
])("%j is read as %s", (text, value) => {
  expect(parseInteger(text)).toBe(value);
});
