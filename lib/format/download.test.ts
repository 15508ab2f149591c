import { expect, test } from "vitest";
import { downloadResponse } from "./download";

test.each([
  ["csv", "text/csv; charset=utf-8"],
  ["txt", "text/plain; charset=utf-8"],
  ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
] as const)("a %s is saved under its name, read as what it is and kept by no cache", async (format, contentType) => {
  const at = new Date("2026-09-21T06:03:59Z");
  const response = downloadResponse("1,2\r\n", { name: ["cards", "3"], format, at, zone: "Asia/Shanghai" });
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": contentType,
    "content-disposition": `attachment; filename="cards_3_20260921-1403.${format}"; filename*=UTF-8''cards_3_20260921-1403.${format}`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(await response.text()).toBe("1,2\r\n");
});
