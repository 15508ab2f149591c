import { expect, test } from "vitest";
import { classifySearch } from "./classify-search";

const kinds = (text: string) => classifySearch(text).map((candidate) => candidate.kind);

test.each([
  [" +86 159-1688-8888 ", { kind: "phone", value: "15916888888" }],
  ["008615916888888", { kind: "phone", value: "15916888888" }],
  ["１５９１６８８８８８８", { kind: "phone", value: "15916888888" }],
  ["8888", { kind: "last4", value: "8888" }],
  ["８８８８", { kind: "last4", value: "8888" }],
  ["wNaa1GDw", { kind: "code", value: "wNaa1GDw" }],
  ["ABCDEFGH", { kind: "code", value: "ABCDEFGH" }],
  ["0F8FAD5BD9CB469FA16570867728950E", { kind: "id", value: "0f8fad5bd9cb469fa16570867728950e" }],
  ["琳琅", { kind: "name", value: "琳琅" }],
])("%j is first of all %o", (text, first) => {
  expect(classifySearch(text)[0]).toEqual(first);
});

test("what could be two things lists both, likeliest first", () => {
  expect(kinds("wNaa1GDw")).toEqual(["code", "name"]);
  expect(kinds("Jonathan")).toEqual(["name", "code"]);
  expect(kinds("1234")).toEqual(["last4", "name"]);
});

test("blank is nothing", () => {
  expect(classifySearch(" \u3000\t")).toEqual([]);
});
