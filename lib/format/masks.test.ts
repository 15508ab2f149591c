import { expect, test } from "vitest";
import { maskCode } from "./masks";

test.each([
  ["wNaa1GDw", "••••1GDw"],
  ["BF28FAE8BF28FAE8BF28FAE8BF28FAE8", "••••FAE8"],
  ["abcd", "••••"],
  ["", "••••"],
])("%s is shown as %s", (code, shown) => {
  expect(maskCode(code)).toBe(shown);
});
