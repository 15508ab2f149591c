import { expect, test } from "vitest";
import { readPhoneAndCode } from "./phone-and-code";

const both = { phone: "15916888888", code: "wNaa1GDw" };

test.each([
  "15916888888 wNaa1GDw",
  "wNaa1GDw15916888888".replace("1591", " 1591"),
  "手机号：+86 159-1688-8888，兑换码：wNaa1GDw。",
  "１５９１６８８８８８８\twNaa1GDw",
  "15916888888 wNaa1GDw 15916888888",
])("%s names a phone and a code", (text) => {
  expect(readPhoneAndCode(text)).toEqual(both);
});

test.each([
  ["a phone alone", "15916888888"],
  ["a code alone", "wNaa1GDw"],
  ["two phones", "15916888888 15916888889 wNaa1GDw"],
  ["two codes", "15916888888 wNaa1GDw wnaa1gdw"],
  ["an id", "772868ead56c48d68fd1924aa5ec3aac wNaa1GDw"],
  ["nothing", " "],
])("%s does not", (_, text) => {
  expect(readPhoneAndCode(text)).toBeNull();
});
