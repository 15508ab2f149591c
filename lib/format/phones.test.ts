import { expect, test } from "vitest";
import { maskPhone, normalizePhone } from "./phones";

test.each([
  ["15916888888", "15916888888"],
  ["+86 159 1688 8888", "15916888888"],
  ["86-159-1688-8888", "15916888888"],
  ["008615916888888", "15916888888"],
  ["１５９１６８８８８８８", "15916888888"],
  ["＋８６ １５９–１６８８–８８８８", "15916888888"],
  ["25916888888", null],
  ["1591688888", null],
  ["159168888889", null],
  ["", null],
  ["琳琅", null],
])("%j is %s", (text, phone) => {
  expect(normalizePhone(text)).toBe(phone);
});

test.each([
  ["13812341234", "138****1234"],
  ["12345678", "******78"],
  ["123", "****"],
])("%s is shown as %s", (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});
