import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TERM, nameTerms, pinyinKeyOf, termsHaveWritten } from "./name-terms";

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

test("letters and digits that stand in a nickname as it is written are the beginning of a term", () => {
  const piece = fc.oneof(
    fc.constantFrom("琳", "单", "Lin", "ＬＡＮＧ", " ", "8", "'", "-", "ü", "K"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), fc.integer({ min: 2, max: 40 }), (pieces, from, length) => {
      const written = [...pieces.join("").toWellFormed().normalize("NFKC").toLowerCase()];
      const start = written.length ? from % written.length : 0;
      const typed = written.slice(start, start + length).join("");
      const key = pinyinKeyOf(typed);
      if (!termsHaveWritten(typed) || key === null) return;
      expect(found(pieces.join("").toWellFormed(), [...key].slice(0, MAX_TERM).join(""))).toBe(true);
    }),
  );
});

test.each([
  ["lin", true],
  ["Lin Lang", true],
  ["lin-lang", false],
  ["lü", false],
  ["琳", false],
  ["l", false],
])("whether terms have all that is written like %j: %s", (typed, has) => {
  expect(termsHaveWritten(typed)).toBe(has);
});
