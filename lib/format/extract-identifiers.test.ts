import { expect, test } from "vitest";
import { extractIdentifiers } from "./extract-identifiers";

const id = "0f8fad5bd9cb469fa16570867728950e";

test("a chat message gives its phone, code and id", () => {
  const text = `您好，我的手机号是 +86 159-1688-8888，兑换码wNaa1GDw，编号：${id.toUpperCase()}。谢谢！`;
  expect(extractIdentifiers(text)).toEqual({ phones: ["15916888888"], codes: ["wNaa1GDw"], ids: [id] });
});

test.each([
  ["13810000000 13810000001", ["13810000000", "13810000001"]],
  ["13810000000、13810000001，13810000000", ["13810000000", "13810000001"]],
  ["１３８１０００００００；8613810000001", ["13810000000", "13810000001"]],
  ["138 1000 0000\t138 1000 0001", ["13810000000", "13810000001"]],
])("%j names the phones %j", (text, phones) => {
  expect(extractIdentifiers(text).phones).toEqual(phones);
});

test("longer numbers and plain words name nothing", () => {
  const text = "单号 7835568600215961601，金额 1381000000，请尽快处理";
  expect(extractIdentifiers(text)).toEqual({ phones: [], ids: [], codes: [] });
});
