import { expect, test } from "vitest";
import { nearestFirst } from "./nearest-first";

test("keys made during the call come first, then those around it, then those without a date", () => {
  const at = (n: number | null) => ({ key: { createdAt: n === null ? null : new Date(n * 1000) } });
  const span = { sentAt: new Date(100_000), endedAt: new Date(110_000) };
  const [none, before, during, after] = [at(null), at(60), at(105), at(120)];
  expect(nearestFirst([none, before, during, after], span)).toEqual([during, after, before, none]);
});
