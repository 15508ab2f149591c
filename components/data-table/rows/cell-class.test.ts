import { expect, test } from "vitest";
import type { Column } from "../types";
import { cellClass } from "./cell-class";

const name: Column<unknown> = { id: "name", header: "昵称", cell: () => "", look: "name" };

test("only a name that may be wider than its place is clipped", () => {
  expect(cellClass(name, undefined, "琳琅小店")).toBe("name");
  expect(cellClass(name, undefined, "一二三四五六七八")).toBe("name");
  expect(cellClass(name, undefined, "一二三四五六七八九")).toBe("name long");
  // What is not text may be as wide as it likes.
  expect(cellClass(name, undefined, ["a", "b"])).toBe("name long");
  expect(cellClass(name)).toBe("name long");
});
