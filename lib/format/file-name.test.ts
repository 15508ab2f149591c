import { expect, test } from "vitest";
import { attachment, exportFileName } from "./file-name";

const at = new Date("2026-09-21T06:03:59Z");

test("says what, which, how many and when", () => {
  expect(exportFileName(["额度卡", "筛选", "312张"], at, "csv")).toBe("额度卡_筛选_312张_20260921-1403.csv");
});

test("keeps out what file systems refuse", () => {
  expect(exportFileName(["a/b\\c", "..:*?", "\u202egnp"], at, "txt")).toBe("abc_.._gnp_20260921-1403.txt");
});

test("the download header carries any letters", () => {
  expect(attachment("卡(1).csv")).toBe(`attachment; filename="_(1).csv"; filename*=UTF-8''%E5%8D%A1%281%29.csv`);
});
