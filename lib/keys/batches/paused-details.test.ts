import { expect, test } from "vitest";
import { joinPausedDetails, splitPausedDetails } from "./paused-details";

test.each([
  ["验签失败：time已过期", 600_000],
  ["验签失败：time已过期", -90_000],
  ["", 0],
  ["单次最多10条", null],
])("words %j and a difference of %s ms come back as they were", (words, clockOffsetMs) => {
  expect(splitPausedDetails(joinPausedDetails(words, clockOffsetMs))).toEqual({ words: words || null, clockOffsetMs });
});

test("nothing said, nothing measured", () => {
  expect(joinPausedDetails("", null)).toBeNull();
  expect(splitPausedDetails(null)).toEqual({ words: null, clockOffsetMs: null });
});
