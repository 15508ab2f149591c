import { expect, test, vi } from "vitest";
import { rowSentence } from "./row-sentence";

test("a sentence is formatted once, and each row's name stands where the message has it", () => {
  const write = vi.fn((label: string) => `选择 ${label}!`);
  const sentence = rowSentence(write);
  expect([sentence("琳琅"), sentence("$& \uE000")]).toEqual(["选择 琳琅!", "选择 $& \uE000!"]);
  expect(write).toHaveBeenCalledOnce();
});

test("a message may have the name twice, or not at all", () => {
  expect(rowSentence((label) => `${label}, ${label}`)("a")).toBe("a, a");
  expect(rowSentence(() => "menu")("a")).toBe("menu");
});
