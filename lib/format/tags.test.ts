import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TAG, readTag, tagKeyOf } from "./tags";

test.each([
  ["大客户", "大客户"],
  ["  ＶＩＰ　客户 ", "VIP 客户"],
  ["批发\n2026", "批发 2026"],
  ["赠送\u200b", "赠送"],
  ["赠送 2026-11-28", "赠送 2026-11-28"],
  ["priority", "priority"],
  ["10-20, 30-40", "10-20, 30-40"],
])("%j is kept as %j", (typed, tag) => expect(readTag(typed)).toEqual({ tag }));

test.each([
  "15916888888",
  "159 1688 8888",
  "159-1688-8888",
  "１５９１６８８８８８８",
  "159\u200b1688\u200b8888",
  "客户 15916888888",
  "159_1688_8888",
  "159·1688·8888",
  "159,168,88888",
  "客户:159|1688|8888",
  "١٥٩١٦٨٨٨٨٨٨",
  "159****8888",
  "wNaa1GDw",
  "码 wNaa1GDw",
  "wNaa 1GDw",
  "0755 1234567",
  "87215a4192654cea8781a1a596d23cae",
  "87215A4192654CEA",
])("%j may be a phone, a code, a key or an id, and is no tag", (typed) =>
  expect(readTag(typed)).toEqual({ error: "tag_private" }),
);

test("blank is none, and too long is refused, never cut", () => {
  for (const typed of ["", " \n ", "\u200b"]) expect(readTag(typed)).toEqual({ error: "required" });
  expect(readTag("字".repeat(MAX_TAG))).toEqual({ tag: "字".repeat(MAX_TAG) });
  expect(readTag("字".repeat(MAX_TAG + 1))).toEqual({ error: "too_long" });
});

test("a phone among any words is never kept, and what is kept is kept as it is when read again", () => {
  const phone = fc.stringMatching(/^1[3-9]\d{9}$/);
  const words = fc.string({ unit: fc.constantFrom("客", "户", " ", "-", ":", "，"), maxLength: 6 });
  fc.assert(
    fc.property(words, phone, words, (before, number, after) => {
      expect(readTag(`${before}${number}${after}`)).toEqual({ error: "tag_private" });
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (typed) => {
      const read = readTag(typed);
      if ("tag" in read) expect(readTag(read.tag)).toEqual(read);
    }),
  );
});

test("tags are compared without case and width", () => expect(tagKeyOf(" ＶＩＰ ")).toBe(tagKeyOf("vip")));
