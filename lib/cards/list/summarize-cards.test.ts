import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { mirrorCards } from "../mirror/mirror-cards";
import type { Card, CardFilter } from "../types";
import { summarizeCards } from "./summarize-cards";

vi.mock("../counted", () => ({ COUNTED: 20, SUMMED: 10, FEW: 10 }));

let file: TestDatabase;
beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
});
beforeEach(() => runOn(file.ownerUrl, "truncate card, card_seen"));
afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const at = new Date("2026-09-21T06:00:00Z");
let made = 0;
const cards = (count: number, type: string, balance: Card["balance"], userName = "旅人"): Card[] =>
  Array.from({ length: count }, () => ({
    id: (++made).toString().padStart(32, "0"),
    code: `code${made}`,
    type,
    balance,
    userId: null,
    phone: "15916888888",
    userName,
    createdAt: at,
    updatedAt: at,
  }));
const mirror = (list: Card[]) => mirrorCards(database().db, list, { at, source: "sync" });
const sums = (filter: CardFilter = {}) => summarizeCards({ ctx: systemContext(), input: { filter } });

test("cards, calls, empty ones and types of a filter are summed; unlimited and unknown balances are in no sum", async () => {
  await mirror([...cards(3, "1", 100), ...cards(2, "2", 0), ...cards(1, "2", "unlimited"), ...cards(1, "1", null)]);
  expect(await sums()).toEqual({
    total: 7,
    exact: true,
    types: [
      { type: "1", count: 4 },
      { type: "2", count: 3 },
    ],
    empty: 2,
    calls: 300,
    callsExact: true,
    unlimited: 1,
    unknown: 1,
  });
  expect(await sums({ types: ["2"] })).toMatchObject({ total: 3, calls: 0, unlimited: 1 });
  expect(await sums({ balanceMin: 1 })).toMatchObject({ total: 3, calls: 300, empty: 0 });
  expect(await sums({ name: "没有" })).toMatchObject({ total: 0, types: [], calls: 0, exact: true });
});

test("no more is read than a count may read: of a common filter the counts stay exact, the calls are at least so many", async () => {
  await mirror([...cards(22, "1", 5), ...cards(8, "2", 0)]);
  const common = await sums();
  expect(common).toMatchObject({ total: 30, exact: true, empty: 8, callsExact: false });
  expect(common.types).toEqual([
    { type: "1", count: 22 },
    { type: "2", count: 8 },
  ]);
  expect(common.calls).toBeLessThanOrEqual(21 * 5);
  const other = await sums({ balanceMin: 0 });
  expect(other).toMatchObject({ total: 20, exact: false, callsExact: false });
  expect(await sums({ name: "旅人" })).toMatchObject({ total: 10, exact: false });
  expect(await sums({ types: ["2"] })).toMatchObject({ total: 8, exact: true, callsExact: true });
});
