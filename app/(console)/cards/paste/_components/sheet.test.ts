import { expect, test } from "vitest";
import type { FoundCard, FoundLine, FoundMany } from "@/lib/find/types";
import { copyColumn, foundCards, isCardKey, linesOf, rowsOf, SHEET_FILTERS, totalsOf } from "./sheet";

const card = (id: string, part: Partial<FoundCard> = {}): FoundCard => ({
  ...{ id, maskedCode: "••••1GDw", type: "1", userName: id, maskedPhone: "159****8888", balance: 10 },
  ...{ createdAt: null, updatedAt: null, gone: false, lockedBy: null, inDoubt: false, userId: null, ...part },
});
const line = (place: number, part: Partial<FoundLine> = {}): FoundLine => ({
  ...{ line: place, text: `line ${place}`, result: "found", cards: [], more: false, differs: false },
  ...{ duplicateOf: null, amount: null, key: null, ...part },
});

const cards = new Map(
  [
    card("a"),
    card("b", { balance: "unlimited", userName: "=1+1" }),
    card("c", { balance: null }),
    card("d", { gone: true, balance: 99 }),
  ].map((each) => [each.id, each]),
);
const lines = [
  line(2, { cards: ["a", "b"], result: "several", amount: 5 }),
  line(3, { result: "missing", amount: 7 }),
  line(5, { cards: ["a"], duplicateOf: 2, amount: 1 }),
  line(6, { cards: ["c", "d"] }),
  line(7, { result: "key", key: { batchId: "x", last4: "F8D1" } }),
];
const found: FoundMany = { lines, cards: [...cards.values()], from: 0, total: 5, header: null };

test("a row for each card of a line, in the order of the paste; a card can be selected where it stands first", () => {
  const rows = rowsOf(lines, cards);
  expect(rows.map((row) => [row.line.line, row.card?.id ?? null, row.isFirst])).toEqual([
    [2, "a", true],
    [2, "b", false],
    [3, null, true],
    [5, "a", true],
    [6, "c", true],
    [6, "d", false],
    [7, null, true],
  ]);
  expect(rows.map(({ key }) => key).filter(isCardKey)).toEqual(["a", "b", "c", "d"]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test("the found ones are selected once each, and none of a line whose phone and code are different people's", () => {
  expect(foundCards([...lines, line(8, { cards: ["e", "f"], differs: true })])).toEqual(["a", "b", "c", "d"]);
  expect(foundCards([line(1, { cards: ["a", "b"], differs: true }), line(2, { cards: ["a"] })])).toEqual(["a"]);
});

test("each filter has its lines, and those found, missing and never looked up are all", () => {
  const sheet = { ...found, lines: [...lines, line(9, { result: "unread" })] };
  expect(SHEET_FILTERS.map((filter) => linesOf(sheet, filter).map((each) => each.line))).toEqual([
    [2, 3, 5, 6, 7, 9],
    [2, 5, 6, 7],
    [3],
    [9],
    [5],
    [2],
  ]);
});

test("cards count once, those that are gone not, and amounts are added up", () => {
  expect(totalsOf(lines, cards)).toEqual({
    ...{ lines: 5, found: 4, unread: 0, cards: 3, calls: 10, unlimited: 1, unknown: 1 },
    amounts: { all: 13, found: 6 },
  });
  expect(totalsOf([line(1), line(2, { result: "unread" })], cards)).toMatchObject({ unread: 1, amounts: null });
});

test("a copied column has a line for each line, and no nickname is a formula in it", () => {
  const words = { resultOf: ({ result }: FoundLine) => result, unlimited: "∞" };
  expect(copyColumn("name", lines, cards, words)).toBe("a / '=1+1\n\na\nc / d\n");
  expect(copyColumn("balance", lines, cards, words)).toBe("10 / ∞\n\n10\n / 99\n");
  expect(copyColumn("result", lines.slice(0, 2), cards, words)).toBe("several\nmissing");
  expect(copyColumn("text", lines.slice(0, 2), cards, words)).toBe("line 2\nline 3");
});
