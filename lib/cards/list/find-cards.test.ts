import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import type { Role } from "@/lib/core/roles";
import { type Database, openDatabase } from "@/lib/db/client";
import { card, setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { NAMES_FILLED } from "../names/are-names-filled";
import { fillNameTerms } from "../names/fill-name-terms";
import { findCards } from "./find-cards";

let file: TestDatabase;
let database: Database;

const USER = "87215a4192654cea8781a1a596d23cae";
const at = new Date("2026-09-21T06:00:00Z");
const id = (letter: string) => letter.padEnd(32, "0");
const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, createdAt: at };

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 2);
  await database.db.insert(card).values([
    { ...base, id: id("a"), code: "wNaa1GDw", phone: "15916888888", userName: "琳琅" },
    { ...base, id: id("b"), code: "WNAA1gdw", phone: "17516888888", userName: "望舒", userId: USER },
    { ...base, id: id("c"), code: "Qx7RmT2k", phone: "15916888888", userName: "Jonathan 8888", goneAt: at },
    { ...base, id: id("d"), code: "Jonathan", phone: null, userName: null },
    { ...base, id: id("9"), code: "Zz8RmT2k", phone: null, userName: "旅人c6813bf2" },
    { ...base, id: id("e"), code: "0uLpY09f", phone: "8613812341234", userName: "100%" },
  ]);
  await fill();
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

const fill = () =>
  fillNameTerms({
    ctx: { ...anybody("admin"), db: database.db },
    input: { signal: new AbortController().signal },
  });
const find = (text: string, role: Role = "operator") =>
  findCards({ ctx: { ...anybody(role), db: database.db }, input: { text } });
const anybody = (role: Role): Omit<Ctx, "db"> => ({
  actor: { id: null, name: "li", role, sessionId: null },
  requestId: "r",
  ip: null,
  userAgent: null,
  now: () => at,
});

test.each<[string, string, string, string | null]>([
  ["a phone in any spelling finds its cards, gone ones last", "+86 159-1688-8888", "ac", null],
  ["a phone kept with its country code", "138 1234 1234", "e", "e"],
  ["full-width digits", "１７５１６８８８８８８", "b", "b"],
  ["the last 4 digits, before nicknames with them", "8888", "abc", null],
  ["a code is case-sensitive, and nothing else is meant", "wNaa1GDw", "a", "a"],
  ["a code as it was read out, where no code is exactly that", "OuLpYO9f", "e", "e"],
  ["a code in halves", "0uLp Y09f", "e", "e"],
  ["a code in the wrong case is any of those", "wnaa1gdw", "ab", null],
  ["chat around a phone", "手机号：175 1688 8888 还剩多少", "b", "b"],
  ["a name beside the last 4 means both", "琳琅 尾号 8888", "a", "a"],
  ["the beginning of an id", "a00000", "a", "a"],
  ["a user id", "87215a4192654cea8781a1a596d23cae", "b", "b"],
  ["the beginning of a user id", "87215a", "b", "b"],
  ["the pinyin of a nickname", "wangshu", "b", "b"],
  ["its initials", "ws", "b", "b"],
  ["its pinyin in words", "Wang Shu", "b", "b"],
  ["a part of a nickname in chat", "麻烦查一下望舒的余额", "b", "b"],
  ["an id", id("d").toUpperCase(), "d", "d"],
  ["a nickname", "琳", "a", "a"],
  ["a word that may be a nickname or a code is left to choose", "Jonathan", "cd", null],
  ["a part of a phone", "751688", "b", "b"],
  ["a part of a code", "y09f", "e", "e"],
  ["a masked code copied from a list", "••••Y09f", "e", "e"],
  ["a masked phone copied from a list", "175****8888", "b", "b"],
  ["a wildcard is a character", "%", "e", "e"],
  ["nothing", "没有这个人", "", null],
  ["blank", " \u3000 ", "", null],
])("%s", async (_, text, letters, jump) => {
  const found = await find(text);
  expect(found.rows.map((row) => row.id[0]).join("")).toBe(letters);
  expect(found.jumpTo).toBe(jump && id(jump));
});

test("a whole chat message finds the card of the phone in it", async () => {
  const found = await find(`${"您好，".repeat(120)}我的手机号是 +86 175-1688-8888，卡用完了，麻烦看一下`);
  expect(found.rows.map((row) => row.id[0])).toEqual(["b"]);
  expect(found).toMatchObject({ jumpTo: id("b"), within: { count: 1, missing: [] } });
});

test("a column of phones and codes finds all of them, and says which have no card", async () => {
  const found = await find(`17516888888 0uLpY09f\t13900001111、${id("d")}，zz9zz9zz`);
  expect(found.rows.map((row) => row.id[0]).sort()).toEqual(["b", "d", "e"]);
  expect(found).toMatchObject({ jumpTo: null, within: { count: 5, missing: ["139****1111", "••••z9zz"] } });
});

test("the one card that is there is not opened while others of the text are missing", async () => {
  const found = await find("17516888888 13900001111");
  expect(found.rows).toHaveLength(1);
  expect(found.jumpTo).toBeNull();
});

test("a word of 8 letters in a text is no missing code", async () => {
  const found = await find("Jonathan needs transfer of quota");
  expect(found.within).toBeNull();
  expect(found.rows.map((row) => row.id[0])).toEqual(["d"]);
});

test("what is found is masked", async () => {
  const { rows } = await find("wNaa1GDw");
  expect(JSON.stringify(rows)).not.toMatch(/15916888888|wNaa1GDw/);
});

test("shows twenty and says that there are more", async () => {
  const many = Array.from({ length: 25 }, (_, i) => ({
    ...base,
    id: `f${i.toString().padStart(31, "0")}`,
    code: `zz${i.toString().padStart(6, "0")}`,
    phone: `1990000${i.toString().padStart(4, "0")}`,
    userName: "同名",
  }));
  await database.db.insert(card).values(many);
  await fill();
  const found = await find("同名");
  expect(found).toMatchObject({ more: true, jumpTo: null });
  expect(found.rows).toHaveLength(20);
});

test("a nickname that ends in what looks like a code is a nickname", async () => {
  expect(await find("旅人c6813bf2")).toMatchObject({ jumpTo: id("9"), within: null });
  expect(await find("旅人c6813bf3")).toMatchObject({ rows: [], within: { count: 1, missing: ["••••3bf3"] } });
});

test("of a whole nickname no part is looked for, whatever the nickname is made of", async () => {
  const named = [
    { ...base, id: id("6"), code: "Nn8RmT2k", phone: null, userName: "海客24316693" },
    { ...base, id: id("7"), code: "Pp8RmT2k", phone: null, userName: "海客" },
  ];
  await database.db.insert(card).values(named);
  await fill();
  const letters = async (text: string) => (await find(text)).rows.map((row) => row.id[0]).join("");
  expect(await letters("海客24316693")).toBe("6");
  expect((await find("海客24316693")).jumpTo).toBe(id("6"));
  expect([...(await letters("海客24316694"))].sort().join("")).toBe("67");
});

test("a code in the wrong case is found also where another card has it as a nickname", async () => {
  const named = { ...base, id: id("0"), code: "Rr8RmT2k", phone: null, userName: "wnaa1gdw" };
  await database.db.insert(card).values(named);
  await fill();
  expect((await find("wnaa1gdw")).rows.map((row) => row.id[0]).toSorted()).toEqual(["0", "a", "b"]);
  await database.db.delete(card).where(eq(card.id, named.id));
});

test.each<[string, string, string, boolean]>([
  ["a whole phone", "+86 175-1688-8888", "b", false],
  ["the last 4 digits of a phone", "1234", "e", false],
  ["the last 4 of a code, in any case", "y09F", "e", false],
  ["a whole code", "0uLpY09f", "e", false],
  ["a masked phone copied from a list, kept with its country code", "138****1234", "e", false],
  ["a nickname that may be a part of a code", "nathan", "c", true],
  ["a part of a phone", "751688", "", true],
  ["a part of a code", "LpY09", "", true],
])("who sees them masked finds by %s what the mask shows, and is told so otherwise", async (_, text, letters, told) => {
  const found = await find(text, "support");
  expect(found.rows.map((row) => row.id[0]).join("")).toBe(letters);
  expect(found.wholeOnly).toBe(told);
  expect((await find(text)).wholeOnly).toBe(false);
});

test("before the first sync after an upgrade nicknames are searched as they are written", async () => {
  await database.db.delete(setting).where(eq(setting.key, NAMES_FILLED));
  await database.db.insert(card).values({ ...base, id: id("8"), code: "Kk8RmT2k", phone: null, userName: "尚未" });
  expect(await find("未")).toMatchObject({ jumpTo: id("8") });
});

test("exact before partial, listed before gone, with calls before empty", async () => {
  const own = { ...base, code: "Mm8RmT2k", phone: "19100001111" };
  await database.db.insert(card).values([
    { ...own, id: id("1"), userName: "秋水", goneAt: at },
    { ...own, id: id("2"), userName: "秋水", balance: 0 },
    { ...own, id: id("3"), userName: "秋水" },
    { ...own, id: id("4"), userName: "秋水长天" },
    { ...own, id: id("5"), userName: "秋水", balance: null, unlimited: true },
  ]);
  await fill();
  expect((await find("秋水")).rows.map((row) => row.id[0]).join("")).toBe("35214");
  const byPhone = await find("19100001111");
  expect(byPhone.rows.map((row) => row.id[0]).join("")).toBe("34521");
  expect(byPhone.all).toEqual({ filter: { phone: "19100001111", gone: "show" }, count: 5 });
  expect((await find("秋水长天")).all).toBeNull();
});
