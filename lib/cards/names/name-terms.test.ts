import fc from "fast-check";
import { expect, test } from "vitest";
import { nameTerms, pinyinKeyOf } from "./name-terms";

const found = (name: string, typed: string) => nameTerms(name).some((term) => term.startsWith(typed));

test.each<[string, ...string[]]>([
  ["琳琅小店", "琳琅", "=琳琅小店", "琅小", "店", "linlang", "langxiao", "llxd", "xd", "xiaodian"],
  ["单小乐", "shanxiaole", "danxiaole", "sxl", "dxl"],
  ["吕布", "lvbu", "lb"],
  ["Ｊｏｎａｔｈａｎ 8888", "jonathan8888", "nathan", "8888"],
  ["阿Lee", "alee", "阿lee", "lee"],
  ["🦊琳", "🦊琳", "琳", "lin"],
  ["一家人👨‍👩‍👧", "yijiaren", "👨‍👩‍👧"],
  ["%_\\", "%_\\", "_"],
])("%s is found by each of its parts", (name, ...typed) => {
  for (const text of typed) expect(found(name, text), text).toBe(true);
});

test("a long nickname is found by its end too, and no term is longer than a piece of one", () => {
  const name = `${"长".repeat(250)}琳琅`;
  expect(found(name, "琳琅")).toBe(true);
  expect(Math.max(...nameTerms(name).map((term) => term.length))).toBeLessThanOrEqual(32);
});

test.each([
  ["Lin Lang", "linlang"],
  ["lin'lang", "linlang"],
  ["lǚ", null],
  ["lü bu", "lvbu"],
  ["琳琅", null],
  ["l", null],
])("%j is typed as the pinyin %j", (typed, key) => {
  expect(pinyinKeyOf(typed)).toBe(key);
});

test("no term has half a character, whatever the nickname is made of", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(nameTerms(name.toWellFormed()).every((term) => term.isWellFormed())).toBe(true);
    }),
  );
});
