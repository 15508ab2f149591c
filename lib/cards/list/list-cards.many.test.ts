import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import type { CardFilter, CardQuery } from "../types";
import { listCards } from "./list-cards";

// As if twenty cards were a hundred thousand.
vi.mock("../counted", () => ({ COUNTED: 20, FEW: 10 }));

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
  ["a text", { name: "伟" }, 10],
] as const)(
  "%s with many hits: the page is right, the total a least one, and exact when asked for",
  async (_, filter, least) => {
    for (const page of [1, 2, 4]) {
      const wanted = ids.slice((page - 1) * 7, page * 7);
      const unasked = await list(filter, { page });
      expect(unasked.rows.map((row) => row.id)).toEqual(wanted);
      expect(unasked).toMatchObject({ total: least, exact: false, page });
      const asked = await list(filter, { page, exact: true });
      expect(asked.rows).toEqual(unasked.rows);
      expect(asked).toMatchObject({ total: 30, exact: true, page });
    }
  },
);

test.each([{ balanceMin: 1 }, { name: "伟" }])("a page past the end of %j is the last", async (filter) => {
  const past = await list(filter, { page: 99 });
  expect(past.rows.map((row) => row.id)).toEqual(ids.slice(28));
  expect(past.page).toBe(5);
});

test("common filters are exact whatever they match", async () => {
  expect(await list({})).toMatchObject({ total: 30, exact: true });
  expect(await list({ types: ["1"], empty: false })).toMatchObject({ total: 30, exact: true });
});
