import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { cardFacets } from "./read-card-facets";

let file: TestDatabase;
let database: Database;
const start = new Date("2026-09-21T06:00:00Z");
const row = (id: string, over: Partial<typeof card.$inferInsert>) => ({
  id,
  code: id,
  type: "1",
  balance: 1,
  firstSeenAt: start,
  readAt: start,
  ...over,
});

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 2);
  await database.db
    .insert(card)
    .values([
      row("a", { phone: "15916888888", balance: 0 }),
      row("b", { type: "10" }),
      row("c", { type: "5", balance: null, unlimited: true }),
      row("d", { type: "9", balance: 0, goneAt: start }),
    ]);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

const ctx: Ctx = {
  actor: { id: null, name: "li", role: "support", sessionId: null },
  requestId: "r",
  ip: null,
  userAgent: null,
  now: () => start,
  get db() {
    return database.db;
  },
};

test("counts listed cards by kind, gone ones apart, as they are now", async () => {
  const counted = {
    total: 3,
    types: [
      { type: "1", count: 1 },
      { type: "5", count: 1 },
      { type: "10", count: 1 },
    ],
    redeemed: 1,
    empty: 1,
    gone: 1,
  };
  expect(await cardFacets({ ctx })).toEqual(counted);
  await database.db.insert(card).values(row("e", {}));
  expect(await cardFacets({ ctx })).toMatchObject({ total: 4 });
});
