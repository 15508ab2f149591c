import { expect, test } from "vitest";
import { csvRow } from "./csv";

test.each([
  ["plain", "plain"],
  ["a,b", '"a,b"'],
  ["a;b", '"a;b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["琳琅", "琳琅"],
])("%j is quoted as RFC 4180 says", (cell, written) => {
  expect(csvRow([cell])).toBe(written);
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "＝1+1",
  "＋1",
  "－1",
  "＠a",
  "  =1+1",
  "\u3000=1",
  "\u00a0@x",
])("%j can't run as a formula", (cell) => {
  expect(csvRow([cell]).replaceAll('"', "").startsWith("'")).toBe(true);
});

test("numbers are never taken for formulas", () => {
  expect(csvRow([-5, 12n, null])).toBe("-5,12,");
});

test("control characters are shown as such", () => {
  expect(csvRow(["a\u0000\u001bb"])).toBe("a\ufffd\ufffdb");
});

test("long digits stay text, phones too: 15916888888 would be shown as 1.59E+10", () => {
  expect(csvRow(["783556860021596160", "0123"])).toBe('"\t783556860021596160","\t0123"');
  expect(csvRow(["12E45678", "15916888888"])).toBe('"\t12E45678","\t15916888888"');
});
