import { expect, test } from "vitest";
import { pageSelection, selectRows, togglePage } from "./select-rows";

const page = ["a", "b", "c", "d"];
const sorted = (set: ReadonlySet<string>) => [...set].sort();

test("a click toggles one row", () => {
  expect(sorted(selectRows(new Set(), page, "b", null))).toEqual(["b"]);
  expect(sorted(selectRows(new Set(["b", "z"]), page, "b", null))).toEqual(["z"]);
});

test("with shift all rows between take the state of the clicked row", () => {
  expect(sorted(selectRows(new Set(["a"]), page, "c", "a"))).toEqual(["a", "b", "c"]);
  expect(sorted(selectRows(new Set(page), page, "b", "d"))).toEqual(["a"]);
});

test("an anchor that left the page counts as none", () => {
  expect(sorted(selectRows(new Set(), page, "c", "gone"))).toEqual(["c"]);
});

test("the header's check box says none, some or all, and never changes other pages", () => {
  expect(pageSelection(new Set(["z"]), page)).toBe("none");
  expect(pageSelection(new Set(["a"]), page)).toBe("some");
  expect(sorted(togglePage(new Set(["a", "z"]), page))).toEqual(["a", "b", "c", "d", "z"]);
  expect(sorted(togglePage(new Set([...page, "z"]), page))).toEqual(["z"]);
});

test("an empty page is not all selected", () => {
  expect(pageSelection(new Set(["z"]), [])).toBe("none");
});
