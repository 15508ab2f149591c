import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PastedLine, readPasted } from "./read-pasted";

const ID = "0f8fad5bd9cb469fa16570867728950e";
const short = ({ line, phone, code, id, amount }: PastedLine) =>
  [line, phone, code, id, amount].filter((part) => part !== null).join(" ");
const read = (text: string) => readPasted(text).lines.map(short);

describe("what people paste", () => {
  test.each<[string, string, string[]]>([
    [
      "a column",
      "13800001111\n139 0000 1111\r\n\r\n137-0000-1111",
      ["1 13800001111", "2 13900001111", "4 13700001111"],
    ],
    [
      "phone and code",
      "13800001111\twNaa1GDw\nQx7RmT2k 13900001111",
      ["1 13800001111 wNaa1GDw", "2 13900001111 Qx7RmT2k"],
    ],
    ["ids and keys", `${ID}\n${ID.toUpperCase()}`, [`1 ${ID}`, `2 ${ID}`]],
    ["a row of our own export", `${ID},wNaa1GDw,1,年卡,琳琅,"\t13800001111",10`, [`1 13800001111 wNaa1GDw ${ID}`]],
    [
      "a list in one line",
      "13800001111、13900001111，13700001111",
      ["1 13800001111", "2 13900001111", "3 13700001111"],
    ],
    [
      "twice in such a list",
      "13800001111,13900001111,13800001111",
      ["1 13800001111", "2 13900001111", "3 13800001111"],
    ],
    ["twice in a row is once", "13800001111\t微信 13800001111", ["1 13800001111"]],
    [
      "pairs in one line",
      "13800001111 wNaa1GDw 13900001111 Qx7RmT2k",
      ["1 13800001111 wNaa1GDw", "2 13900001111 Qx7RmT2k"],
    ],
    ["a chat", "琳琅 2026/11/28 10:22\n我的号 138 0000 1111\n谢谢", ["1", "2 13800001111", "3"]],
    ["in words", "一三八零零零零一一一一", ["1 13800001111"]],
    ["a word that may be a code", "Jonathan", ["1 Jonathan"]],
    ["words of a sentence are none", "Jonathan needs transfer of quota", ["1"]],
    ["a date beside a phone is none", "13800001111 20261128", ["1 13800001111"]],
  ])("%s", (_, text, lines) => {
    expect(read(text)).toEqual(lines);
  });

  test.each<[string, string, (number | null)[]]>([
    ["behind a TAB", "13800001111\t100\n13900001111\t1,000", [100, 1_000]],
    ["in a CSV with quotes", '13800001111,"1,000"\n13900001111,50', [1_000, 50]],
    ["behind a space, with a unit", "138 0000 1111 100次\n+86 139 0000 1111 50", [100, 50]],
    ["of numbered rows", "1\t13800001111\t30\n2\t13900001111\t10", [30, 10]],
    ["named by the header", "手机号\t尾号\t次数\n13800001111\t1111\t7\n13900001111\t1111\t8", [7, 8]],
    ["in some rows", "13800001111\t100\n13900001111\t\n13700001111\t5", [100, null, 5]],
    ["with thousands, behind a space", "13800001111 1,500\n13900001111 2,300次\n13700001111 300", [1_500, 2_300, 300]],
    ["with thousands, between bars", "| 13800001111 | 1,500 |\n| 13900001111 | 300 |", [1_500, 300]],
    ["in quotes behind a blank", '13800001111, "1,500"\n13900001111, 300', [1_500, 300]],
    ["beside its price", "手机号\t数量\t金额\n13800001111\t5\t12.50\n13900001111\t7\t¥17.50", [5, 7]],
    ["beside a column of its own", "手机号,数量,备注\n13800001111,5,100\n13900001111,7,200", [5, 7]],
    ["of a package, by the header", "Phone,Package calls,Left\n13800001111,5,1\n13900001111,7,4", [5, 7]],
    [
      "where the first cell is empty",
      "姓名\t手机号\t数量\t单价\n\t13800001111\t5\t99\n琳琅\t13900001111\t7\t98",
      [5, 7],
    ],
    ["where a CSV's first cell is empty", "姓名,手机号,数量,单价\n,13800001111,5,99\n琳琅,13900001111,7,98", [5, 7]],
  ])("an amount %s", (_, text, amounts) => {
    expect(readPasted(text).lines.map(({ amount }) => amount)).toEqual(amounts);
  });

  test.each([
    ["two columns of numbers", "13800001111\t100\t5\n13900001111\t20\t9"],
    ["the numbers of the rows", "1 13800001111\n2 13900001111\n3 13700001111"],
    ["a numbering", "1\t13800001111\n2\t13900001111\n3\t13700001111"],
    ["a number in one row of many", "13800001111 5\n13900001111\n13700001111"],
    ["words too", "13800001111\t100\n13900001111\t许多"],
    ["pieces of a phone", "138 0000 1111\n139 0000 2222"],
    ["the last 4, by the header", "手机号,尾号\n13800001111,1111\n13900001111,2222"],
    ["thousands that may be two columns", "13800001111，1,500\n13900001111，300\n13700001111，200"],
    ["thousands and a header of fewer columns", "手机号，数量\n13800001111，1,500\n13900001111，300"],
    ["decimals with a comma", "13800001111;1,5\n13900001111;2,5"],
    ["balances, by the header", "手机号\t余额\n13800001111\t7\n13900001111\t90"],
    ["calls left, by the header", "Phone,Calls left\n13800001111,7\n13900001111,90"],
    ["balances beside an amount that can't be read", "手机号\t余额\t数量\n13800001111\t7\t1.5万\n13900001111\t90\t2万"],
    [
      "an amount that can't be read, beside its price",
      "手机号\t数量\t金额\n13800001111\t1.5万\t12\n13900001111\t2万\t17",
    ],
    ["two that may be", "手机号\t数量\t金额\n13800001111\t5\t12\n13900001111\t7\t17"],
    ["dates", "13800001111\t2026-11-28\n13900001111\t2026-11-29"],
    ...[
      "单价",
      "价格",
      "price",
      "费用",
      "可用次数",
      "已用次数",
      "现有次数",
      "available calls",
      "calls used",
      "当前额度",
    ].map((name): [string, string] => [`${name}, by the header`, `手机号\t${name}\n13800001111\t30\n13900001111\t45`]),
  ])("no amounts: %s", (_, text) => {
    expect(readPasted(text).lines.map(({ amount }) => amount)).toEqual(readPasted(text).lines.map(() => null));
  });

  test("a first line that only names the columns is no entry, and one that names something is", () => {
    expect(readPasted("手机号\t兑换码\n13800001111\twNaa1GDw")).toMatchObject({
      header: "手机号\t兑换码",
      lines: [{ line: 2 }],
    });
    expect(readPasted("手机 13800001111\n13900001111").header).toBeNull();
    expect(readPasted("手机号\n电话")).toMatchObject({ header: null, lines: [{ line: 1 }, { line: 2 }] });
    expect(readPasted("\n \n")).toEqual({ header: null, lines: [] });
  });
});

const pick = <T>(...choices: T[]) => fc.constantFrom(...choices);
const digits = (count: number) => fc.string({ unit: pick(..."0123456789"), minLength: count, maxLength: count });
const phones = fc.tuple(pick("3", "5", "7", "8", "9"), digits(9)).map(([second, rest]) => `1${second}${rest}`);
const ids = fc.string({ unit: pick(..."0123456789abcdef"), minLength: 32, maxLength: 32 });
const codes = fc
  .string({ unit: pick(..."ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"), minLength: 8, maxLength: 8 })
  .filter((code) => /\d/.test(code) && /[a-z]/i.test(code));
const grouped = (phone: string, gap: string) => [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(gap);
const STYLES: ((phone: string) => string)[] = [
  (phone) => phone,
  (phone) => grouped(phone, " "),
  (phone) => grouped(phone, "-"),
  (phone) => `+86 ${phone}`,
  (phone) => `"${phone}"`,
];
const ENDS = pick("\n", "\r\n", "\r", "\n\n");

describe("generated pastes", () => {
  test("every line of a column is an entry, in its order, with what it names", () => {
    const value = fc.oneof(phones, codes, ids);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), ENDS, (column, end) => {
        const { lines } = readPasted(column.join(end));
        expect(lines.map(({ phone, code, id }) => phone ?? code ?? id)).toEqual(column);
        expect(lines.map(({ text }) => text)).toEqual(column);
      }),
    );
  });

  test("a sheet of names, phones, codes and amounts keeps them together, whatever separates them", () => {
    const row = fc.record({ phone: phones, code: codes, amount: fc.integer({ min: 0, max: 9_999_999 }) });
    const rows = fc.array(row, { minLength: 2, maxLength: 40 }).filter((some) => {
      return some.some(({ amount }, place) => amount !== (some[0]?.amount ?? 0) + place);
    });
    fc.assert(
      fc.property(rows, pick("\t", ",", ";", "，", "|"), pick(...STYLES), fc.boolean(), (sheet, gap, style, header) => {
        const cells = sheet.map(({ phone, code, amount }) => ["琳琅", style(phone), code, String(amount)].join(gap));
        const { lines } = readPasted(
          [...(header ? [["姓名", "手机", "兑换码", "数量"].join(gap)] : []), ...cells].join("\n"),
        );
        expect(lines.map(({ phone, code, amount }) => ({ phone, code, amount }))).toEqual(sheet);
        expect(lines[0]?.line).toBe(header ? 2 : 1);
      }),
    );
  });

  test("a list in a line of a longer text has that line's number", () => {
    expect(read("13800001111、13900001111\n13700001111")).toEqual(["1 13800001111", "1 13900001111", "2 13700001111"]);
  });

  test("nothing is left out of a long list in one line", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(phones, { minLength: 50, maxLength: 200 }),
        pick(" ", "、", ", ", ";"),
        (list, gap) => {
          const { lines } = readPasted(list.join(gap));
          expect(lines.map(({ phone }) => phone)).toEqual(list);
          expect(lines.map(({ line }) => line)).toEqual(list.map((_, place) => place + 1));
        },
      ),
      { numRuns: 20 },
    );
  });

  test("any text is read without an error, and each line that is not blank is an entry or the header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
        const { lines, header } = readPasted(text);
        const rows = text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.trim() !== "");
        expect(lines.length + (header === null ? 0 : 1)).toBeGreaterThanOrEqual(rows.length);
      }),
    );
  });

  test("a text made to be slow is read in small pieces", () => {
    for (const piece of ["*", "1*", "13 ", "a", "尾号 ", "ab12 "])
      expect(readPasted(piece.repeat(20_000)).lines.length).toBeGreaterThan(30);
  });
});
