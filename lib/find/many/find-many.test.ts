import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "@/lib/core/roles";
import { audit, card, countedSearch, setting } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { findAll } from "../find-all";
import { MAX_PASTED_LINES } from "../types";
import { findMany } from "./find-many";

let room: BatchRoom;
let batchId: string;
let key: string;

const USER = "87215a4192654cea8781a1a596d23cae";
const at = new Date("2026-09-21T06:00:00Z");
const id = (letter: string) => letter.repeat(32);
const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, createdAt: at };

beforeAll(async () => {
  room = await openBatchRoom({ sandbox: { cards: 0, keys: 0 } });
  batchId = await room.create(2, 1);
  await room.run(batchId);
  key = (await room.keysOf(batchId))[0] ?? "";
  await room.db.insert(card).values([
    { ...base, id: id("a"), code: "wNaa1GDw", phone: "15916888888", userName: "琳琅", userId: USER },
    { ...base, id: id("b"), code: "Qx7RmT2k", phone: "15916888888", userName: "琳琅", userId: USER },
    { ...base, id: id("c"), code: "0uLpY09f", phone: "8613812341234", userName: "望舒" },
    { ...base, id: id("d"), code: "goneGon3", phone: "17516888888", goneAt: at },
    { ...base, id: id("e"), code: "Jonathan", phone: null },
    ...Array.from({ length: 25 }, (_, place) => ({
      ...{ ...base, id: place.toString(16).padStart(32, "f"), code: `Many${1000 + place}`, phone: "18000000000" },
      goneAt: place < 3 ? at : null,
    })),
  ]);
});
afterAll(() => room.close());
beforeEach(() => room.db.delete(countedSearch));

const find = (text: string, role: Role = "operator", from = 0) =>
  findMany({ ctx: room.as(role), input: { text, from } });
const letters = (cards: readonly string[]) => cards.map((card) => card[0]).join("");
const counted = () => room.db.$count(countedSearch);
const audited = () =>
  room.db.select().from(audit).where(eq(audit.action, "card.looked_up_many")).orderBy(desc(audit.id));

test.each([
  ["a phone with several cards", "159 1688 8888", "several", "ab"],
  ["a phone kept with its country code", "13812341234", "found", "c"],
  ["a code", "Qx7RmT2k", "found", "b"],
  ["a code as it was read out", "OuLpYO9f", "found", "c"],
  ["a card's id", id("a").toUpperCase(), "found", "a"],
  ["a user's id", USER, "several", "ab"],
  ["a phone and a code of one card", "15916888888 wNaa1GDw", "found", "a"],
  ["a card that is gone", "17516888888", "gone", "d"],
  ["a phone that nothing has", "19900000000", "missing", ""],
  ["an id that nothing has", id("9"), "missing", ""],
  ["a word that is a code", "Jonathan", "found", "e"],
  ["a word that is none", "Margaret", "unread", ""],
  ["a nickname", "琳琅", "unread", ""],
])("%s", async (_, text, result, cards) => {
  const { lines } = await find(text);
  expect(lines).toMatchObject([{ line: 1, result, differs: false, more: false, duplicateOf: null }]);
  expect(letters(lines[0]?.cards ?? [])).toBe(cards);
});

test("lines are answered in their order, with duplicates, amounts and the header told", async () => {
  const found = await find(
    [
      "手机号\t数量",
      "19900000000\t5",
      "13812341234\t10",
      "",
      "138 1234 1234\t20",
      "0uLpY09f\t1",
      "199-0000-0000\t2",
    ].join("\n"),
  );
  expect(found).toMatchObject({ header: "手机号\t数量", from: 0, total: 5 });
  expect(found.lines.map(({ line, result, duplicateOf, amount }) => [line, result, duplicateOf, amount])).toEqual([
    [2, "missing", null, 5],
    [3, "found", null, 10],
    [5, "found", 3, 20],
    [6, "found", 3, 1],
    [7, "missing", 2, 2],
  ]);
  expect(found.cards).toHaveLength(1);
});

test("what names cards of several people is told, with all of them; also when a part of it is unknown", async () => {
  const { lines } = await find("15916888888 0uLpY09f\n13812341234 zz9zz9zz");
  expect(lines.map(({ differs, cards }) => [differs, letters(cards)])).toEqual([
    [true, "abc"],
    [true, "c"],
  ]);
});

test("each card says whose it is, for the way to its customer", async () => {
  const { cards } = await find("wNaa1GDw\n0uLpY09f");
  expect(cards.map(({ id, userId }) => [id[0], userId])).toEqual([
    ["a", USER],
    ["c", null],
  ]);
});

test("of very many cards the first twenty are named, listed ones first, and that there are more; a code beside it tells which", async () => {
  const { lines } = await find("18000000000\n18000000000 Many1024");
  expect(lines[0]).toMatchObject({ more: true, result: "several" });
  expect(lines[0]?.cards).toHaveLength(20);
  expect(lines[1]).toMatchObject({ more: false, differs: false, result: "found" });
});

test("a card key leads to its batch, and no more than its end is shown", async () => {
  const found = await find(`${key}\n${key.toLowerCase()}`);
  expect(found.lines[0]).toMatchObject({ result: "key", key: { batchId, last4: key.slice(-4) }, cards: [] });
  expect(found.lines[1]).toMatchObject({ result: "key", duplicateOf: 1 });
});

test("what is found is masked; only the text itself has what was pasted", async () => {
  const found = await find("wNaa1GDw\n13812341234");
  expect(JSON.stringify(found.cards)).not.toMatch(/15916888888|13812341234|wNaa1GDw|0uLpY09f/);
});

test("more lines than are looked up at once are counted, and looked up next, with duplicates of earlier ones", async () => {
  const phones = Array.from({ length: MAX_PASTED_LINES + 2 }, (_, place) => String(13_100_000_000 + place));
  const text = [...phones, phones[0], "13812341234"].join("\n");
  const first = await find(text);
  expect(first).toMatchObject({ from: 0, total: MAX_PASTED_LINES + 4 });
  expect(first.lines).toHaveLength(MAX_PASTED_LINES);
  const next = await find(text, "operator", MAX_PASTED_LINES);
  expect(next).toMatchObject({ from: MAX_PASTED_LINES, total: MAX_PASTED_LINES + 4 });
  expect(next.lines.map(({ line, result, duplicateOf }) => [line, result, duplicateOf])).toEqual([
    [2_001, "missing", null],
    [2_002, "missing", null],
    [2_003, "missing", 1],
    [2_004, "found", null],
  ]);
});

test("it is audited once, with how many lines there were and nothing they say", async () => {
  const before = (await audited()).length;
  await find("13812341234\twNaa1GDw\n19900000000");
  const rows = await audited();
  expect(rows).toHaveLength(before + 1);
  expect(rows[0]).toMatchObject({ outcome: "ok", about: [], detail: { lines: 2, found: 1, from: 0, total: 2 } });
  expect(JSON.stringify(rows[0])).not.toMatch(/13812341234|wNaa1GDw|19900000000/);
});

test("one look-up of a person at a time: the second is refused, and another person's is not", async () => {
  const [first, second, other] = await Promise.allSettled([find("1"), find("1"), find("1", "admin")]);
  expect([first.status, second.status, other.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(second).toMatchObject({ reason: { code: "too_many", key: "look_up_own_running" } });
  expect((await find("1")).lines).toHaveLength(1);
});

test.each(["", " \n ", "\0", "\ud800", "''\\", "%", "😀\n'"])("%j fails nothing and finds nothing", async (text) => {
  expect((await find(text)).cards).toEqual([]);
});

describe("who sees phones and codes masked", () => {
  const limit = (supportSearches: number) => {
    const value = { ...settingDefaults.disclosure_limits, supportSearches };
    const change = { target: setting.key, set: { value } };
    return room.db.insert(setting).values({ key: "disclosure_limits", value }).onConflictDoUpdate(change);
  };
  const column = (count: number, start = 13_200_000_000) =>
    Array.from({ length: count }, (_, place) => start + place).join("\n");

  test("each phone and code of a line counts as a search, the same one again not, and neither what the find box asked", async () => {
    await limit(600);
    await find(column(60), "support");
    expect(await counted()).toBe(60);
    await find(column(60), "support");
    await findAll({ ctx: room.as("support"), input: { text: column(10) } });
    expect(await counted()).toBe(60);
    await find("13812341234 ab12cd34", "support");
    expect(await counted()).toBe(63);
    await find(column(60, 13_300_000_000), "operator");
    expect(await counted()).toBe(63);
  });

  test("a part has no more lines than fit into the hour, and beyond the hour nothing is looked up or counted", async () => {
    await limit(30);
    const text = column(25);
    const first = await find(text, "support");
    expect(first.lines).toHaveLength(10);
    expect(first.total).toBe(25);
    await find(text, "support", 10);
    await find(text, "support", 20);
    await expect(find(column(10, 13_400_000_000), "support")).rejects.toMatchObject({ key: "limit_searches" });
    expect(await counted()).toBe(25);
    const before = (await audited()).length;
    await expect(find(column(10, 13_400_000_000), "support")).rejects.toMatchObject({ code: "too_many" });
    expect(await audited()).toHaveLength(before);
  });

  test("a part of a phone or code, a masked one and a last 4 are not looked up", async () => {
    await limit(600);
    const { lines } = await find("8888\n159****8888\n1591688\nwNaa\n尾号 8888", "support");
    expect(lines.map(({ result }) => result)).toEqual(Array(5).fill("unread"));
    expect(await counted()).toBe(0);
  });
});
