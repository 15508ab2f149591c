import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { card, operation, operationCard } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { cardQuerySchema } from "../schemas";
import { CARD_SORTS, type CardFilter, type CardQuery } from "../types";
import { listCards } from "./list-cards";

let file: TestDatabase;
const held = randomUUID();
const at = new Date("2026-09-21T06:00:00Z");

type Given = Partial<typeof card.$inferInsert> & { id: string };
const base = { code: "wNaa1GDw", type: "1", balance: 10, firstSeenAt: at, readAt: at };

/** Ids are a letter and 31 zeros; the letter names the card in expectations. */
const id = (letter: string) => letter.padEnd(32, "0");
const GIVEN: Given[] = [
  { id: "a", code: "wNaa1GDw", type: "1", balance: 500, phone: "15916888888", userName: "琳琅", createdAt: at },
  { id: "b", code: "3AoPbLSQ", type: "2", balance: 0, phone: "17516888888", userName: "望舒", updatedAt: at },
  { id: "c", code: "Qx7RmT2k", type: "0", balance: 120, createdAt: new Date("2026-09-20T16:00:00Z") },
  {
    id: "d",
    code: "zzzz9999",
    type: "5",
    balance: null,
    unlimited: true,
    phone: "8613812341234",
    userName: "ＬＵＣＹ",
  },
  { id: "e", code: "100%_off", type: "9", balance: null, phone: "13900005916", userName: "=1+1" },
  { id: "f", code: "goneGone", type: "1", balance: 0, phone: "15900000000", userName: "走了", goneAt: at },
].map((row) => ({ ...row, id: id(row.id) }));

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const { db } = database();
  await db.insert(card).values(GIVEN.map((row) => ({ ...base, ...row })));
  await db.insert(operation).values({
    id: held,
    kind: "transfer",
    state: "unknown",
    params: { kind: "generate", keyType: 0, count: 1 },
    actorName: "li",
    createdAt: at,
    expiresAt: at,
  });
  await db.insert(operationCard).values({ operationId: held, cardId: id("a"), role: "source", open: true });
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const list = (over: Partial<CardQuery> = {}) =>
  listCards({
    ctx: systemContext(),
    input: { filter: {}, sort: { id: "id", desc: false }, page: 1, size: 20, ...over },
  });

async function letters(filter: CardFilter, over: Partial<CardQuery> = {}) {
  const { rows, total } = await list({ filter, ...over });
  expect(total).toBe(rows.length);
  return rows.map((row) => row.id[0]).join("");
}

test("phones and codes leave masked, the lock and the rest as they are", async () => {
  const { rows, total } = await list();
  expect(total).toBe(5);
  expect(rows[0]).toEqual({
    id: id("a"),
    maskedCode: "••••1GDw",
    type: "1",
    userName: "琳琅",
    maskedPhone: "159****8888",
    balance: 500,
    createdAt: "2026-09-21T06:00:00.000Z",
    updatedAt: null,
    gone: false,
    lockedBy: held,
    inDoubt: true,
  });
  expect(rows.map((row) => row.balance)).toEqual([500, 0, 120, "unlimited", null]);
});

describe("filters", () => {
  test.each<[string, CardFilter, string]>([
    ["a whole phone", { phone: "+86 159-1688-8888" }, "a"],
    ["a phone kept with its country code", { phone: "13812341234" }, "d"],
    ["the last 4 digits", { phone: "8888" }, "ab"],
    ["last 4 are not any 4", { phone: "5916" }, "e"],
    ["a part of a phone", { phone: "16888" }, "ab"],
    ["a code", { code: "wNaa1GDw" }, "a"],
    ["a part of a code, in any case", { code: "AOPB" }, "b"],
    ["a code with wildcards in it", { code: "%_" }, "e"],
    ["a lone wildcard", { code: "_" }, "e"],
    ["a part of a nickname", { name: "琅" }, "a"],
    ["a nickname in another case and width", { name: "lucy" }, "d"],
    ["a full-width nickname", { name: "Ｌｕｃｙ" }, "d"],
    ["an id", { id: id("c") }, "c"],
    ["the beginning of an id", { id: "D0" }, "d"],
    ["types", { types: ["1", "9"] }, "ae"],
    ["no type", { types: [] }, "abcde"],
    ["an exact balance", { balanceMin: 120, balanceMax: 120 }, "c"],
    ["a balance from", { balanceMin: 100 }, "ac"],
    ["a balance up to", { balanceMax: 120 }, "bc"],
    ["redeemed", { redeemed: true }, "abde"],
    ["not redeemed", { redeemed: false }, "c"],
    ["empty", { empty: true }, "b"],
    ["not empty, unlimited and unknown included", { empty: false }, "acde"],
    ["created that day in Shanghai", { createdFrom: "2026-09-21", createdTo: "2026-09-21" }, "ac"],
    ["created before that day", { createdTo: "2026-09-20" }, ""],
    ["gone ones too", { gone: "show" }, "abcdef"],
    ["only gone ones", { gone: "only" }, "f"],
    ["several at once", { phone: "8888", types: ["2"], empty: true }, "b"],
    ["nothing fits", { phone: "0001" }, ""],
  ])("%s", async (_, filter, expected) => {
    expect(await letters(filter)).toBe(expected);
  });

  test("a day that does not exist is a bad input", () => {
    const input = { filter: { createdFrom: "2026-02-30" }, sort: { id: "id", desc: false } };
    const issue = { path: ["filter", "createdFrom"], message: "bad_format" };
    expect(cardQuerySchema.safeParse(input).error?.issues).toEqual([expect.objectContaining(issue)]);
  });
});

describe("sorting", () => {
  test.each<[CardQuery["sort"]["id"], string, string]>([
    ["id", "abcde", "edcba"],
    ["type", "cabde", "edbac"],
    ["balance", "bcade", "dacbe"],
    ["created", "cabde", "acedb"],
    ["updated", "bacde", "bedca"],
    ["phone", "eabdc", "dbaec"],
    ["state", "abdec", "cedba"],
  ])("by %s, empty values last both ways, ties by id", async (key, up, down) => {
    expect(await letters({}, { sort: { id: key, desc: false } })).toBe(up);
    expect(await letters({}, { sort: { id: key, desc: true } })).toBe(down);
  });

  test.each(CARD_SORTS)("by %s: the pages together are the list, either way and from either end", async (key) => {
    for (const desc of [false, true]) {
      for (const filter of [{}, { phone: "1" }, { gone: "show" as const }]) {
        const sort = { id: key, desc };
        const whole = (await list({ sort, filter, size: 200 })).rows.map((row) => row.id);
        const pages: string[] = [];
        for (let page = 1; page <= whole.length; page++) {
          // The size is not one a screen offers: it makes many pages of few cards.
          const { rows } = await list({ sort, filter, page, size: 1 });
          pages.push(...rows.map((row) => row.id));
        }
        expect(pages).toEqual(whole);
      }
    }
  });
});

describe("pages", () => {
  test("one past the end is the last", async () => {
    expect(await list({ page: 99 })).toMatchObject({ page: 1, total: 5 });
    expect(await list({ page: 99, filter: { phone: "8888" } })).toMatchObject({ page: 1, total: 2 });
    expect((await list({ page: 99, size: 2 })).rows.map((row) => row.id[0])).toEqual(["e"]);
  });

  test("an empty list has one page", async () => {
    const nothing = { rows: [], total: 0, exact: true, page: 1, size: 20 };
    expect(await list({ page: 3, filter: { code: "nothing" } })).toEqual(nothing);
    expect(await list({ page: 3, filter: { types: ["8"] } })).toEqual(nothing);
  });

  test("far pages are read from the end and say the same", async () => {
    const { db } = database();
    const many = Array.from({ length: 2_600 }, (_, i) => ({
      ...base,
      id: `9${i.toString().padStart(31, "0")}`,
      balance: i % 7,
    }));
    await db.insert(card).values(many);
    for (const sort of [
      { id: "balance", desc: true },
      { id: "created", desc: false },
      { id: "type", desc: true },
    ] as const) {
      const whole = [];
      for (let page = 1; page <= 14; page++) whole.push(...(await list({ sort, page, size: 200 })).rows);
      expect(new Set(whole.map((row) => row.id)).size).toBe(2_605);
      const few = [];
      for (let page = 1; page <= 27; page++) few.push(...(await list({ sort, page, size: 100 })).rows);
      expect(few.map((row) => row.id)).toEqual(whole.map((row) => row.id));
    }
  });
});
