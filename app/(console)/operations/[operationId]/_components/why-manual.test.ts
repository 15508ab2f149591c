import { expect, test } from "vitest";
import { whyManual } from "./why-manual";

test.each([
  ["undecidable", ["before", "pending", "undecided"], "undecidable"],
  // The upstream was away when the quiet period ended: what was read until then fits one explanation alone.
  ["undecidable", ["before", "pending"], "unread"],
  ["undecidable", ["before", "undecided", "unreadable"], "unread"],
  ["undecidable", [], "unread"],
  ["conflict", ["before", "conflict", "conflict"], "conflict"],
  ["too_many_keys", [], "too_many_keys"],
] as const)("%s after %j is %s", (needsManualResolution, conclusions, why) => {
  expect(whyManual({ needsManualResolution, readings: conclusions.map((conclusion) => ({ conclusion })) })).toBe(why);
});
