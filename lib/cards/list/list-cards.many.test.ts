import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { card, setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { NAMES_FILLED } from "../names/are-names-filled";
import { fillNameTerms } from "../names/fill-name-terms";
import type { CardFilter, CardQuery } from "../types";
import { listCards } from "./list-cards";

// As if twenty cards were a hundred thousand.
vi.mock("../counted", () => ({
  ...{ COUNTED: 20, SUMMED: 10, FEW: 13, SPOKEN_AT_LEAST: 6 },
  ...{ WALKED: 29, WALKED_SPOKEN: 20, NEAR_SPOKEN: 14 },
}));

let file: TestDatabase;
const at = new Date("2026-09-21T06:00:00Z");
const ids = Array.from({ length: 30 }, (_, n) => n.toString().padStart(32, "0"));

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
  const cards = ids.map((id) => ({ id, code: id, type: "1", balance: 1, userName: "伟", firstSeenAt: at, readAt: at }));
  await database().db.insert(card).values(cards);
});

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const list = (filter: CardFilter, over: Partial<CardQuery> = {}) =>
  listCards({
    ctx: systemContext(),
    input: { filter, sort: { id: "id", desc: false }, page: 1, size: 7, ...over },
  });

test.each([
  ["a broad filter", { balanceMin: 1 }, 20],
  ["a text", { name: "伟" }, 13],
] as const)(
  "%s with many hits: the page is right, the total a least one, and exact when asked for",
  async (_, filter, least) => {
    for (const page of [1, 2, 4]) {
      const wanted = ids.slice((page - 1) * 7, page * 7);
      const unasked = await list(filter, { page });
      expect(unasked.rows.map((row) => row.id)).toEqual(wanted);
      // What a page of a text shows is there, however few were counted.
      const total = "name" in filter ? Math.max(least, page * 7) : least;
      expect(unasked).toMatchObject({ total: Math.min(total, 30), exact: false, page });
      const asked = await list(filter, { page, exact: true });
      expect(asked.rows).toEqual(unasked.rows);
      expect(asked).toMatchObject({ total: 30, exact: true, page });
    }
  },
);

test("with many hits that are far apart in the order, they are found and sorted all the same", async () => {
  const sort = { id: "balance", desc: true } as const;
  await database().pool.query("update card set user_name = '芳', balance = 2 where id < $1", [ids[16]]);
  try {
    const found = await list({ name: "伟" }, { sort, size: 14 });
    expect(found.rows.map((row) => row.id)).toEqual(ids.slice(16).toReversed());
    expect(found).toMatchObject({ total: 14, exact: true });
  } finally {
    await database().pool.query("update card set user_name = '伟', balance = 1");
  }
});

describe("what is typed may be pinyin", () => {
  /** Of thirty cards so many are found by it alone, and so many by the name as it is written. */
  const named = async ({ spoken, written }: { spoken: number; written: number }) => {
    const { pool } = database();
    await pool.query("delete from card_name");
    await pool.query(
      "update card set user_name = case when id >= $1 then '芳' when id >= $2 then 'wei' else '伟' end",
      [ids[spoken + written] ?? "z", ids[spoken] ?? "z"],
    );
    await fillNameTerms({ ctx: systemContext(), input: { signal: new AbortController().signal } });
  };
  afterAll(() => database().pool.query("update card set user_name = '伟'"));

  const inTurn = async (count: number, query: Partial<CardQuery>) => {
    const pages = [];
    for (let page = 1; page <= Math.ceil(count / 7); page++)
      pages.push(await list({ name: "wei" }, { page, ...query }));
    return pages.flatMap(({ rows }) => rows.map(({ id }) => id));
  };

  const counts = {
    few: { spoken: 4, written: 9 },
    "many as it is written": { spoken: 3, written: 20 },
    "many by pinyin": { spoken: 20, written: 3 },
    "both many": { spoken: 15, written: 15 },
  };

  test.each([
    ["few", { total: 13, exact: true }],
    ["many as it is written", { total: 7, exact: false }],
    ["many by pinyin", { total: 7, exact: false }],
    ["both many", { total: 7, exact: false }],
  ] as const)("%s: each card once, in either order, and an exact total when asked for", async (which, total) => {
    const { spoken, written } = counts[which];
    await named(counts[which]);
    const hits = ids.slice(0, spoken + written);
    expect(await list({ name: "wei" })).toMatchObject({ ...total, page: 1 });
    for (const exact of [false, true]) {
      expect(await inTurn(hits.length, { exact })).toEqual(hits);
      const sort = { id: "created", desc: true } as const;
      expect(await inTurn(hits.length, { exact, sort })).toEqual(hits.toReversed());
    }
    expect(await list({ name: "wei" }, { exact: true })).toMatchObject({ total: hits.length, exact: true });
    const past = await list({ name: "wei" }, { page: 99 });
    expect(past).toMatchObject({ page: Math.ceil(hits.length / 7), total: hits.length, exact: true });
    expect(past.rows.at(-1)?.id).toBe(hits.at(-1));
  });

  test.each([
    ["few", { total: 13, exact: true }],
    ["many as it is written", { total: 13, exact: false }],
    ["many by pinyin", { total: 8, exact: false }],
    ["both many", { total: 13, exact: false }],
  ] as const)("%s, and not every nickname has its terms yet: the same pages", async (which, total) => {
    const { spoken, written } = counts[which];
    await named(counts[which]);
    const { db, pool } = database();
    await db.delete(setting).where(eq(setting.key, NAMES_FILLED));
    // As it is written it is found without its terms.
    await pool.query("delete from card_name where card_id = $1", [ids[spoken]]);
    const hits = ids.slice(0, spoken + written);
    expect(await list({ name: "wei" })).toMatchObject({ ...total, page: 1 });
    for (const exact of [false, true]) expect(await inTurn(hits.length, { exact })).toEqual(hits);
  });

  test("gone ones among many are in no page, and not in the total", async () => {
    await named({ spoken: 20, written: 10 });
    const { pool } = database();
    await pool.query("update card set gone_at = now() where id in ($1, $2, $3)", [ids[0], ids[9], ids[29]]);
    try {
      const wanted = ids.filter((_, n) => ![0, 9, 29].includes(n));
      expect(await inTurn(wanted.length, {})).toEqual(wanted);
      expect(await list({ name: "wei" }, { page: 4 })).toMatchObject({ total: 27, exact: true });
      const byUse = await inTurn(wanted.length, { sort: { id: "used7", desc: false } });
      expect(byUse).toEqual(wanted);
    } finally {
      await pool.query("update card set gone_at = null");
    }
  });

  test("where another condition refuses those looked up first, the others are found, and the total is what is shown", async () => {
    await named({ spoken: 28, written: 0 });
    const { pool } = database();
    await pool.query("update card set balance = 2 where id >= $1", [ids[14]]);
    try {
      const wanted = ids.slice(14, 28);
      const one = await list({ name: "wei", balanceMin: 2 });
      expect(one.rows.map((row) => row.id)).toEqual(wanted.slice(0, 7));
      expect(one).toMatchObject({ total: 7, exact: false });
      const two = await list({ name: "wei", balanceMin: 2 }, { page: 2, exact: true });
      expect(two.rows.map((row) => row.id)).toEqual(wanted.slice(7));
      expect(two).toMatchObject({ total: 14, exact: true });
    } finally {
      await pool.query("update card set balance = 1");
    }
  });

  test("gone ones are found by it only where they are asked for", async () => {
    await named({ spoken: 4, written: 4 });
    const { pool } = database();
    await pool.query("update card set gone_at = now() where id in ($1, $2)", [ids[1], ids[6]]);
    try {
      const found = async (filter: CardFilter) => (await list({ name: "wei", ...filter })).rows.map((row) => row.id);
      expect(await found({})).toEqual([0, 2, 3, 4, 5, 7].map((n) => ids[n]));
      expect(await found({ gone: "only" })).toEqual([ids[1], ids[6]]);
      expect(await found({ gone: "show" })).toEqual(ids.slice(0, 7));
    } finally {
      await pool.query("update card set gone_at = null");
    }
  });
});

test.each([{ balanceMin: 1 }, { name: "伟" }])("a page past the end of %j is the last", async (filter) => {
  const past = await list(filter, { page: 99 });
  expect(past.rows.map((row) => row.id)).toEqual(ids.slice(28));
  expect(past.page).toBe(5);
});

test("common filters are exact whatever they match", async () => {
  expect(await list({})).toMatchObject({ total: 30, exact: true });
  expect(await list({ types: ["1"], empty: false })).toMatchObject({ total: 30, exact: true });
});
