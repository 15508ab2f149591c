import { expect, test } from "vitest";
import { viewHref } from "./view-href";

test("a view is an address of the cards table, under the names its URL has", () => {
  expect(
    viewHref({ filter: { types: ["1", "2"], balanceMin: 5, empty: false }, sort: { id: "balance", desc: false } }),
  ).toBe("/cards?types=1,2&min=5&empty=no&sort=balance&desc=false");
});

test("a view of what the bare page shows has no address of its own: it would lead to itself for ever", () => {
  expect(viewHref({ filter: {}, sort: { id: "created", desc: true } })).toBeNull();
});
