import { expect, test } from "vitest";
import { decimal6, usageHistory } from "./usage-history.ts";

const SEEDED_AT = 1_790_000_000_000;
const DAY = 86_400_000;
const costs = (now: number) => usageHistory(7, SEEDED_AT, now).reduce((sum, row) => sum + row.costMicros, 0);

test("the bill follows from seed and time, and only grows", () => {
  const [today, tomorrow] = [costs(SEEDED_AT), costs(SEEDED_AT + DAY)];
  expect(costs(SEEDED_AT)).toBe(today);
  expect(tomorrow).toBeGreaterThan(today);
  expect(tomorrow).toBeLessThan(210_000_000);
});

test("later rows are added at the end, earlier ones stay as they were", () => {
  const before = usageHistory(7, SEEDED_AT, SEEDED_AT);
  const after = usageHistory(7, SEEDED_AT, SEEDED_AT + DAY);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.length).toBeGreaterThan(before.length);
  expect(before.every((row) => row.at <= SEEDED_AT)).toBe(true);
});

test("amounts are shown with six places", () => {
  expect([decimal6(8595), decimal6(200_531_799), decimal6(0)]).toEqual(["0.008595", "200.531799", "0.000000"]);
});
