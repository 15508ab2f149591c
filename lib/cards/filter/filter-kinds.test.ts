import { describe, expect, test } from "vitest";
import { calls, code, day, type FilterError, idStart, list, phone, text } from "./filter-kinds";

describe("phone", () => {
  test.each([
    "8888",
    "159 1688 8888",
    "+86 159-1688-8888",
    "008615916888888",
    "tel +86 15916888888",
    "１５９１６８８８８８８",
  ])("%s is one number", (typed) => expect(phone(typed)).toEqual({ value: typed }));
  test.each([
    "15916888888 13812341234",
    "15916888888，13812341234",
    "15916888888、8888",
    "15916888888 8888",
    "1591688888813812341234",
    "159-1688-8888\n138-1234-1234",
    Array(30).fill("15916888888").join(" "),
  ])("%j is more than one number", (typed) => expect(phone(typed)).toEqual({ error: "one_number" }));
  test.each(["旅人", "159****8888"])("%s is no number", (typed) =>
    expect(phone(typed)).toEqual({ error: "bad_format" }),
  );
});

test("a code may have its mask and spaces with it, and be one", () => {
  expect(code("••••1GDw")).toEqual({ value: "1GDw" });
  expect(code("wNaa 1GDw")).toEqual({ value: "wNaa1GDw" });
  expect(code("wNaa1GDw, a0Pb2HEx")).toEqual({ error: "one_value" });
  expect(code("••••")).toEqual({ error: "bad_format" });
});

test("numbers are read as people write them", () => {
  expect(calls("1,000")).toEqual({ value: 1000 });
  expect(calls("２０００")).toEqual({ value: 2000 });
  for (const typed of ["many", "-1", "1.5", "1e99", "99999999999999999999"])
    expect(calls(typed)).toEqual({ error: "not_a_number" });
});

test.each<[string, (typed: string) => unknown, string, FilterError]>([
  ["a text", text, "x".repeat(65), "too_long"],
  ["a code", code, "x".repeat(65), "too_long"],
  ["an id", idStart, "a".repeat(33), "too_long"],
  ["two ids", idStart, `${"a".repeat(32)} ${"b".repeat(32)}`, "one_value"],
  ["no id", idStart, "not-hex", "bad_format"],
  ["a phone as an id", idStart, "13800001111", "bad_format"],
  ["a list", list, "1,".repeat(51), "too_long"],
  ["a day", day, "2026-02-30", "bad_format"],
])("%s that is too much or none is refused, not cut", (_, kind, typed, error) => {
  expect(kind(typed)).toEqual({ error });
});

test("a type is as long as the upstream's may be", () => {
  const type = "t".repeat(64);
  expect(list(type)).toEqual({ value: [type] });
  expect(list(`${type}t`)).toEqual({ error: "too_long" });
});
