import { expect, test } from "vitest";
import { IdSet } from "./id-set";

test("an id is new once, however many there are and whatever they are made of", () => {
  const set = new IdSet();
  const ids = Array.from({ length: 60_000 }, (_, n) => (n % 2 ? n.toString(16).padStart(32, "0") : `卡${n}`));
  expect(ids.every((id) => set.add(id))).toBe(true);
  expect(set.size).toBe(60_000);
  expect(ids.some((id) => set.add(id))).toBe(false);
  expect(set.size).toBe(60_000);
});

test("upper and lower case, blanks and nothing at all are ids of their own", () => {
  const set = new IdSet();
  const ids = ["", " ", "ab", "AB", "ab ", "0", "00"];
  expect(ids.map((id) => set.add(id))).toEqual(ids.map(() => true));
  expect(ids.map((id) => set.add(id))).toEqual(ids.map(() => false));
});
