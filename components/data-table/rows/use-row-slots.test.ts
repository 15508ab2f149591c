import { expect, test } from "vitest";
import { nextSlots as next } from "./use-row-slots";

const nextSlots = (before: Parameters<typeof next>[0], ids: string[], lastFocused: string | null = null) =>
  next(before, ids, lastFocused);
const NONE = { ids: [], keys: [], unused: 0 };
const first = nextSlots(NONE, ["a", "b", "c"]);

test("rows have keys of their own", () => {
  expect(first.keys).toEqual([0, 1, 2]);
});

test("a page of others takes over the elements, as many as there are", () => {
  expect(nextSlots(first, ["d", "e"]).keys).toEqual([0, 1]);
  expect(nextSlots(first, ["d", "e", "f", "g"]).keys).toEqual([0, 1, 2, 3]);
});

test("where a row stays each keeps its own, and what is new gets one that none has or had", () => {
  expect(nextSlots(first, ["c", "x", "a"]).keys).toEqual([2, 3, 0]);
  const fewer = nextSlots(first, ["a"]);
  expect(nextSlots(fewer, ["y", "a"]).keys).toEqual([3, 0]);
});

test("where most are others, what stays hands its element on too", () => {
  expect(nextSlots(first, ["x", "b", "y"]).keys).toEqual([0, 1, 2]);
  expect(nextSlots(first, ["x", "y", "z", "a"]).keys).toEqual([0, 1, 2, 3]);
});

test("the element that has or had the focus becomes no other row, and its row keeps it", () => {
  expect(nextSlots(first, ["d", "e"], "b").keys).toEqual([0, 3]);
  expect(nextSlots(first, ["d", "e", "f"], "b").keys).toEqual([0, 3, 2]);
  expect(nextSlots(first, ["d", "e", "b"], "b").keys).toEqual([0, 3, 1]);
  expect(nextSlots(first, ["d", "e"], "z").keys).toEqual([0, 1]);
});

test("after other pages no two rows share a key", () => {
  let slots = first;
  for (const ids of [["d"], ["d", "e", "f"], ["g", "f", "i", "j"], [], ["k", "d"], ["d", "l", "k"]]) {
    slots = nextSlots(slots, ids, "f");
    expect(new Set(slots.keys).size).toBe(ids.length);
  }
});
