import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "./action";

const schema = z.strictObject({ name: z.string().min(2).max(9) });
const bent = { toString: 1, valueOf: 1 };
const cyclic: Record<string, unknown> = {};
cyclic.name = cyclic;

test.each([
  ["a length that is no number", { name: { length: [bent] } }],
  ["a list of what no text can be made of", { name: [bent] }],
  ["a cycle", cyclic],
  ["a number JSON does not know", { name: 1n }],
  ["NUL", { name: "a\0b" }],
  ["nothing", undefined],
])("%s is bad input, and no fault of ours", (_what, input) => {
  let thrown: unknown;
  try {
    parseInput(schema, input);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AppError);
  expect(thrown).toMatchObject({ code: "bad_input" });
});

test("what fits is handed on", () => {
  expect(parseInput(schema, { name: "abc" })).toEqual({ name: "abc" });
});
