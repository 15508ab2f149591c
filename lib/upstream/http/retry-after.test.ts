import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after";

const NOW = Date.parse("2026-09-21T06:00:00Z");

test.each([
  ["2", 2000],
  [" 0 ", 0],
  ["Mon, 21 Sep 2026 06:00:05 GMT", 5000],
  ["Mon, 21 Sep 2026 05:00:00 GMT", 0],
  ["in a while, crocodile", null],
  ["-5", null],
  ["1.5", null],
  ["", null],
  [undefined, null],
])("Retry-After %j is %s ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});
