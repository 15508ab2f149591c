import { expect, test } from "vitest";
import { printable } from "./printable";

test.each([
  ["a\u0000b\u001bc", "a\ufffdb\ufffdc"],
  ["\u0085\ud800x", "\ufffd\ufffdx"],
  ["琳琅 👩‍👧\t\r\n", "琳琅 👩‍👧\t\r\n"],
])("%j becomes %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
