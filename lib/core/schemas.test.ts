import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isDay } from "@/lib/format/dates";
import { daySchema, nothingSchema, pagingShape } from "./schemas";

test("nothing takes no field", () => {
  expect(nothingSchema.safeParse({}).success).toBe(true);
  expect(nothingSchema.safeParse({ id: "1" }).success).toBe(false);
});

describe("paging", () => {
  const schema = z.strictObject(pagingShape);
  test("starts with the first page of 50", () => {
    expect(schema.parse({})).toEqual({ page: 1, size: 50 });
  });
  test.each([{ page: 0 }, { page: 1.5 }, { page: 1_000_001 }, { size: 30 }, { size: 1_000_000 }])(
    "refuses %j",
    (input) => {
      expect(schema.safeParse(input).success).toBe(false);
    },
  );
});

describe("a day", () => {
  test.each(["2026-09-21", "2024-02-29", "0001-01-01", "9999-12-31"])("%s exists", (day) => {
    expect(daySchema.safeParse(day).success).toBe(true);
    expect(isDay(day)).toBe(true);
  });
  test.each(["2026-02-30", "2026-02-29", "0000-01-01", "26-02-01", "2026-2-1", "2026-09-21T00:00", ""])(
    "%j does not",
    (day) => {
      expect(daySchema.safeParse(day).error?.issues[0]?.message).toBe("bad_format");
      expect(isDay(day)).toBe(false);
    },
  );
});
