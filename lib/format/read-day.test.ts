import { expect, test } from "vitest";
import { readDay } from "./read-day";

test.each([
  "2026-11-08",
  " 2026-11-8 ",
  "2026/11/08",
  "2026.11.8",
  "20261108",
  "2026年11月8日",
  "２０２６－１１－０８",
  "2026–11–08",
])("%s is one day", (typed) => expect(readDay(typed)).toBe("2026-11-08"));

test.each(["", "2026", "2026-11", "11/08/2026", "2026-02-30", "2026-13-01", "20261301", "0000-01-01", "x2026-11-08"])(
  "%j is no day, and none is guessed",
  (typed) => expect(readDay(typed)).toBeNull(),
);
