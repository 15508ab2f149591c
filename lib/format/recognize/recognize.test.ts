import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { phoneAndCodeOf } from "./phone-and-code-of";
import { recognize } from "./recognize";

const ID = "0f8fad5bd9cb469fa16570867728950e";
const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const read = (text: string) => recognize(text).map(({ kind, exactness, value }) => `${kind} ${exactness} ${value}`);

describe("what people paste", () => {
  test.each<[string, ...string[]]>([
    ["手机号：159 1688 8888 还剩多少", "phone whole 15916888888"],
    ["琳琅 尾号 2933", "phone end 2933", "name part 琳琅"],
    ["兑换码 wNaa…", "code part wNaa"],
    ["“wNaa1GDw”", "code whole wNaa1GDw"],
    ["1\u200b5916\u200d888888\ufeff", "phone whole 15916888888"],
    ["１５９１６８８８８８８", "phone whole 15916888888"],
    ["(+86) 159-1688-8888", "phone whole 15916888888"],
    ["0086 159.1688.8888", "phone whole 15916888888"],
    ["tel15916888888", "phone whole 15916888888"],
    ["159****8888", "phone masked 159****8888"],
    ["159 •••• 8888", "phone masked 159****8888"],
    ["159…8888", "phone masked 159****8888"],
    ["159xxxx8888", "phone masked 159****8888"],
    ["一五九一六八八八八八八", "phone whole 15916888888"],
    ["幺五九幺六八八八八八八", "phone whole 15916888888"],
    ["1 5 9 1 6 8 8 8 8 8 8", "phone whole 15916888888"],
    ["15 91 68 88 88 8", "phone whole 15916888888"],
    ["15916888888wNaa1GDw", "phone whole 15916888888", "code whole wNaa1GDw"],
    ["15916888888/wNaa1GDw", "phone whole 15916888888", "code whole wNaa1GDw"],
    [
      "15916888888 17516888888，13800001111",
      "phone whole 15916888888",
      "phone whole 17516888888",
      "phone whole 13800001111",
    ],
    ["wNaa 1GDw", "code whole wNaa1GDw"],
    ["wNaa-1GDw", "code whole wNaa1GDw"],
    ["w N a a 1 G D w", "code whole wNaa1GDw"],
    ["w-N-a-a-1-G-D-w", "code whole wNaa1GDw"],
    ["兑换码：wN aa 1G Dw", "code whole wNaa1GDw"],
    ["wNaalGDw", "code read wnaa1g0w"],
    ["••••1GDw", "code end 1GDw"],
    ["••••2455", "phone end 2455", "code end 2455", "key end 2455"],
    ["卡密尾号 F8D1", "key end F8D1", "code end F8D1"],
    ["卡密尾号 1234", "key end 1234", "code end 1234"],
    ["卡密尾号 EDCF", "key end EDCF", "code end EDCF"],
    ["兑换码后四位 wNaa", "code end wNaa"],
    ["F8D1", "key end F8D1", "code end F8D1"],
    ["2933", "phone end 2933", "key end 2933", "code end 2933"],
    ["ends in 2933", "phone end 2933"],
    ["琳琅2933", "phone end 2933", "name part 琳琅", "name whole 琳琅2933"],
    [ID.toUpperCase(), `id whole ${ID}`],
    [UUID, `id whole ${ID}`],
    ["BF28FAE8 B0C44B3F A5B8E7A7 B1F7F8D1", "id whole bf28fae8b0c44b3fa5b8e7a7b1f7f8d1"],
    ["0f8fad", "id start 0f8fad"],
    ["编号 123456", "id start 123456"],
    ["0f8fad5b-d9", "id start 0f8fad5bd9"],
    ["查一下 0f8fad5bd", "id start 0f8fad5bd"],
    ["c6813bf2", "code whole c6813bf2", "id start c6813bf2"],
    ["工单号：T-881", "reference whole T-881"],
    ["工单T-881", "reference whole T-881"],
    ["Ref881", "reference whole 881", "reference whole Ref881"],
    ["case no. 881", "reference whole 881"],
    ["reference number: T-881", "reference whole T-881"],
    ["ref12345", "reference whole 12345", "code whole ref12345"],
    ["REFipJR2", "code whole REFipJR2"],
    ["兑换码 CaSE obd6", "code whole CaSEobd6"],
    ["id4bc3a9", "code whole id4bc3a9"],
    ["编号 b18782767240", "id start b18782767240"],
    ["编号 18782767240", "phone whole 18782767240"],
    ["批次 e1691326-9216 呢", "id start e16913269216"],
    ["b18782767240", "phone whole 18782767240", "id start b18782767240"],
    ["a1234567-15916888888", "code whole a1234567", "phone whole 15916888888"],
    ["①15916888888", "phone whole 15916888888"],
    ["⑫wNaa1GDw", "code whole wNaa1GDw"],
    ["1500 138 0000 1111", "phone whole 13800001111"],
    ["1500-138-0000 1111", "phone whole 15001380000"],
    ["138 0000 1111 1500", "phone whole 13800001111"],
    ["AAAA1eNd\t1000", "code whole AAAA1eNd"],
    ["ticket 881 15916888888", "reference whole 881", "phone whole 15916888888"],
    ["T-881", "reference whole T-881"],
    ["linlang", "name whole linlang"],
    ["买买提·艾力", "name whole 买买提·艾力"],
    ["麻烦帮我查一下琳琅的余额，谢谢", "name part 琳琅"],
    ["客户叫 琳琅 小店", "name part 琳琅", "name part 小店"],
  ])("%j", (text, ...named) => {
    expect(read(text)).toEqual(expect.arrayContaining(named));
  });

  test.each([
    "2026-09-13 91234567812",
    "充值 150 2026-11-28",
    "180 2026/11/28",
    "单号 7835568600215961601",
    "金额 1381000000",
    "2026-09-13 912345678",
    "call 2933",
  ])("%j is no phone and no code", (text) => {
    expect(recognize(text).filter(identifies)).toEqual([]);
  });

  test("blank text names nothing, and each thing is named once", () => {
    expect(recognize(" \u3000\u200b\n")).toEqual([]);
    expect(read("13810000000、13810000001，138 1000 0000").filter((each) => each.startsWith("phone"))).toHaveLength(2);
  });

  test("a phone and a code are a pair, two of either are none", () => {
    const pairIn = (text: string) => phoneAndCodeOf(recognize(text));
    expect(pairIn("电话15916888888，码 wNaa1GDw")).toEqual({ phone: "15916888888", code: "wNaa1GDw" });
    expect(pairIn("15916888888 Jonathan")).toEqual({ phone: "15916888888", code: "Jonathan" });
    expect(pairIn("15916888888")).toBeNull();
    expect(pairIn("15916888888 17516888888 wNaa1GDw")).toBeNull();
  });
});

const identifies = ({ kind, exactness }: { kind: string; exactness: string }) =>
  kind !== "name" && kind !== "reference" && (exactness === "whole" || exactness === "masked");

const pick = <T>(...choices: T[]) => fc.constantFrom(...choices);
const digits = (count: number) => fc.string({ unit: pick(..."0123456789"), minLength: count, maxLength: count });
const hex = (count: number) => fc.string({ unit: pick(..."0123456789abcdef"), minLength: count, maxLength: count });
const phones = fc.tuple(pick("3", "5", "7", "8", "9"), digits(9)).map(([second, rest]) => `1${second}${rest}`);
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const codes = fc
  .string({ unit: pick(...ALNUM), minLength: 8, maxLength: 8 })
  .filter((code) => /\d/.test(code) && /[a-z]/i.test(code));
/** A half that is only letters or only digits is no piece of a code for sure. */
const halved = codes.filter((code) =>
  [code.slice(0, 4), code.slice(4)].some((half) => /\d/.test(half) && /[a-z]/i.test(half)),
);

const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const grouped = (text: string, at: number[], gap: string) =>
  [0, ...at].map((from, place) => text.slice(from, at[place])).join(gap);
const PHONE_STYLES: ((phone: string) => string)[] = [
  (phone) => phone,
  (phone) => grouped(phone, [3, 7], " "),
  (phone) => grouped(phone, [3, 7], "-"),
  (phone) => grouped(phone, [3, 7], "."),
  (phone) => grouped(phone, [3, 7], "\u00a0"),
  (phone) => grouped(phone, [3, 6], " "),
  (phone) => grouped(phone, [4, 7], "-"),
  (phone) => `+86 ${grouped(phone, [3, 7], " ")}`,
  (phone) => `+86${phone}`,
  (phone) => `0086-${phone}`,
  (phone) => `86${phone}`,
  (phone) => `（+86）${phone}`,
  wide,
  (phone) => [...phone].join(" "),
  (phone) => [...phone].join("\u200b"),
  (phone) => `\u202a${phone}\u202c`,
  (phone) => grouped(phone, [3, 7], "–"),
];
const CODE_STYLES: ((code: string) => string)[] = [
  (code) => code,
  (code) => `"${code}"`,
  (code) => `「${code}」`,
  (code) => grouped(code, [4], " "),
  (code) => grouped(code, [4], "-"),
  wide,
  (code) => [...code].join(" "),
  (code) => [...code].join("\u200d"),
  (code) => `【${code}】`,
];
const around = fc.tuple(
  pick(
    "",
    "手机号：",
    "电话",
    "您好，麻烦查一下 ",
    "我的号是",
    "tel: ",
    "Phone:",
    "客户说\n",
    "> ",
    "- ",
    "“",
    "昨天充了卡，",
    "@客服 ",
  ),
  pick("", " 还剩多少", "，谢谢！", "的余额", "\n在吗？", "”", "。", " please", "😀", "（急）", "\t", "；"),
);

describe("generated chats", () => {
  test("a phone is found in every style, whatever stands around it", () => {
    fc.assert(
      fc.property(phones, pick(...PHONE_STYLES), around, (phone, style, [before, after]) => {
        expect(read(`${before}${style(phone)}${after}`)).toContain(`phone whole ${phone}`);
      }),
      { numRuns: 500 },
    );
  });

  test("a code is found in every style, beside a label and without one", () => {
    const labels = pick("", "兑换码：", "兑换码 ", "激活码是", "code: ", "Code ", "您好，", "我的兑换码为“");
    fc.assert(
      fc.property(
        halved,
        pick(...CODE_STYLES),
        labels,
        pick("", "。", "，还剩多少", "\n谢谢", "”"),
        (code, style, before, after) => {
          expect(read(`${before}${style(code)}${after}`)).toContain(`code whole ${code}`);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a code is looked up though it begins as a label does, or as what is said around one", () => {
    const labels = pick(..."ref case ticket id user tel key code last end name no phone".split(" "));
    const labelled = fc
      .tuple(fc.mixedCase(labels), codes)
      .map(([label, code]) => (label + code).slice(0, 8))
      .filter((code) => /\d/.test(code));
    const around = fc.tuple(
      pick("", "兑换码：", "兑换码 ", "code: ", "您好，我的是 "),
      pick("", "，谢谢", " 还剩多少"),
    );
    fc.assert(
      fc.property(labelled, around, phones, (code, [before, after], phone) => {
        const codesIn = recognize(`${before}${code}${after}`).filter(({ kind }) => kind === "code");
        expect(codesIn.map(({ value }) => value)).toContain(code);
        expect(phoneAndCodeOf(recognize(`${phone}，码 ${code}`))).toEqual({ phone, code });
      }),
      { numRuns: 500 },
    );
  });

  test("a phone and a code in one message are both found, in either order", () => {
    const between = pick(" ", "，", "\n", "\t", "/", "、", " 兑换码：", "，码是 ", ";", " | ", ",");
    fc.assert(
      fc.property(
        phones,
        halved,
        pick(...PHONE_STYLES.slice(0, 11)),
        between,
        fc.boolean(),
        (phone, code, style, gap, first) => {
          const message = first ? `${style(phone)}${gap}${code}` : `${code}${gap}${style(phone)}`;
          expect(phoneAndCodeOf(recognize(message))).toEqual({ phone, code });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("every phone of a column is found, in the order it was pasted", () => {
    const separator = pick("\n", "\r\n", "\t", " ", "，", "、", ";", ", ");
    fc.assert(
      fc.property(
        fc.uniqueArray(phones, { minLength: 2, maxLength: 60 }),
        separator,
        pick(...PHONE_STYLES.slice(0, 5)),
        (column, gap, style) => {
          const found = recognize(column.map(style).join(gap)).filter(({ kind }) => kind === "phone");
          expect(found.map(({ value }) => value)).toEqual(column);
        },
      ),
    );
  });

  test("ids, keys and uuids are found whole, and from six characters", () => {
    const styles: ((id: string) => string)[] = [
      (id) => id,
      (id) => id.toUpperCase(),
      (id) => grouped(id, [8, 12, 16, 20], "-"),
      (id) => grouped(id, [4, 8, 12, 16, 20, 24, 28], " "),
      (id) => grouped(id, [8, 16, 24], " "),
      (id) => `"${id}"`,
      (id) => `编号:${id}`,
    ];
    fc.assert(
      fc.property(hex(32), pick(...styles), around, (id, style, [before, after]) => {
        expect(read(`${before}${style(id)}${after}`)).toContain(`id whole ${id}`);
      }),
    );
    fc.assert(
      fc.property(hex(31), fc.integer({ min: 6, max: 31 }), (id, length) => {
        const start = id.slice(0, length);
        fc.pre(!/^1[3-9]\d{9}$/.test(start));
        expect(read(start)).toContain(`id start ${start}`);
      }),
    );
  });

  test("the last four, said or masked, are found beside a name", () => {
    const shapes: ((name: string, end: string) => string)[] = [
      (name, end) => `${name} 尾号 ${end}`,
      (name, end) => `${name}尾号${end}`,
      (name, end) => `${name}，后四位是${end}`,
      (name, end) => `${name} ${end}`,
      (name, end) => `${name} ****${end}`,
      (name, end) => `${end}结尾，${name}`,
    ];
    fc.assert(
      fc.property(pick("琳琅", "望舒", "九歌", "Anna", "旅人"), digits(4), pick(...shapes), (name, end, shape) => {
        expect(read(shape(name, end))).toEqual(expect.arrayContaining([`phone end ${end}`, `name part ${name}`]));
      }),
    );
  });

  test("ordinary words, dates and amounts are never a phone and never a code", () => {
    const words = pick(
      ..."您好 请问 余额 还剩 多少 次 转让 昨天 客户 反馈 已经 用完 The customer says transfer Jonathan needs QUOTA balance please check again tomorrow ACCOUNT Shanghai password facade decade 2026-09-21 12:30 500 1,000 2,200 99.5% 3000次 20260921 v1.2.3 http://example.com a@b.cn 😀 — …".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), pick(" ", "", "，", "\n"), (some, gap) => {
        fc.pre(gap !== "" || !/[0-9a-z]{2}/i.test(some.join("")));
        expect(recognize(some.join(gap)).filter(identifies)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("ids and phones of one column are all found", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(hex(32), phones), { minLength: 2, maxLength: 40 }),
        pick("\n", " ", "\t", ","),
        (column, gap) => {
          const found = recognize(column.join(gap)).filter(identifies);
          expect(found.map(({ value }) => value).toSorted()).toEqual(column.toSorted());
        },
      ),
    );
  });

  test("a text made to be slow is read as any other", () => {
    fc.assert(
      fc.property(
        pick("a", "1", "1 ", "1-", "a ", "aB", "13 ", "*", "1*", "码 ", "a-", "尾号 ", "ab12 ", "é"),
        pick("", "z", "!"),
        (piece, end) => {
          expect(recognize(piece.repeat(1_000) + end).length).toBeLessThan(2_000);
        },
      ),
    );
  });

  test("any text is read without an error", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => void recognize(text)));
  });
});
