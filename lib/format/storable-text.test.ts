import { expect, test } from "vitest";
import { storableText } from "./storable-text";

test.each([
  ["a\0b", "a\ufffdb"],
  ["\ud83d x", "\ufffd x"],
  ["a\0b\uD83D", "a\uFFFDb\uFFFD"],
  ["😀 <b>老王</b>", "😀 <b>老王</b>"],
  [`<b>=1+1</b>\u202Eمرحبا🙂`, `<b>=1+1</b>\u202Eمرحبا🙂`],
])("%j is stored as %j", (text, stored) => {
  expect(storableText(text)).toBe(stored);
});

test("texts that differ stay different", () => {
  expect(storableText("ab\0")).not.toBe(storableText("ab"));
});
