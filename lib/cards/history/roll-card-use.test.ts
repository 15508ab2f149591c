import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { database } from "@/lib/db/client";
import { cardDailyUse, cardUse } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readCardUse } from "../list/read-card-use";
import { mirrorCards } from "../mirror/mirror-cards";
import type { Card } from "../types";
import { pruneHistory } from "./prune-history";
import { rollCardUse } from "./roll-card-use";

let file: TestDatabase;
beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
});
beforeEach(async () => {
  await database().db.delete(cardDailyUse);
});
afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const CARD = "a".repeat(32);
const ctxAt = (day: string): Ctx => ({ ...systemContext(), now: () => new Date(`${day}T04:00:00Z`) });
const use = async (day: string) => (await readCardUse({ ctx: ctxAt(day), input: { ids: [CARD] } }))[CARD];
const used = (day: string, calls: number) => database().db.insert(cardDailyUse).values({ cardId: CARD, day, calls });

test("sums follow each day's use, whoever writes it, and the day that goes out of a window goes out of its sum", async () => {
  await used("2026-03-01", 5);
  await used("2026-03-08", 7);
  expect(await use("2026-03-08")).toEqual({ today: 7, days7: 7, days30: 12, idleDays: 0 });
  await rollCardUse({ ctx: ctxAt("2026-03-09") });
  expect(await use("2026-03-09")).toEqual({ today: 0, days7: 7, days30: 12, idleDays: 1 });
  await rollCardUse({ ctx: ctxAt("2026-03-31") });
  expect(await use("2026-03-31")).toEqual({ today: 0, days7: 0, days30: 7, idleDays: 23 });
  await rollCardUse({ ctx: ctxAt("2026-06-01") });
  expect(await use("2026-06-01")).toEqual({ today: 0, days7: 0, days30: 0, idleDays: 85 });
});

test("before the first sync of a day nothing counts as used today", async () => {
  await used("2026-03-08", 7);
  expect(await use("2026-03-09")).toMatchObject({ today: 0, days7: 7, idleDays: 1 });
});

test("use that is given to an operation later, and days that are pruned, leave the sums", async () => {
  await used("2020-01-01", 4);
  await used("2026-03-08", 7);
  await database().db.update(cardDailyUse).set({ calls: 3 });
  expect(await use("2026-03-08")).toMatchObject({ today: 3, days30: 3 });
  await pruneHistory({ ctx: ctxAt("2026-03-08"), input: {} });
  expect(await use("2026-03-08")).toMatchObject({ today: 3, days30: 3 });
  await database().db.delete(cardDailyUse);
  expect(await use("2026-03-08")).toBeUndefined();
  expect(await database().db.select().from(cardUse)).toEqual([]);
});

test("what a sync sees used while old days are pruned stays in the sums", async () => {
  await used("2020-01-01", 4);
  await used("2026-03-01", 5);
  const { db } = database();
  const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  let pruned: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await tx.insert(cardDailyUse).values({ cardId: CARD, day: "2026-03-08", calls: 7 });
    pruned = pruneHistory({ ctx: ctxAt("2026-03-08"), input: {} });
    await expect.poll(async () => (await db.execute(waits)).rowCount).toBe(1);
  });
  expect(await pruned).toMatchObject({ days: 1 });
  expect(await use("2026-03-08")).toEqual({ today: 7, days7: 7, days30: 12, idleDays: 0 });
});

test("a reading that shows use is counted in its own transaction", async () => {
  const { db } = database();
  const seen = (balance: number, at: string) => {
    const card: Card = {
      id: CARD,
      code: "codecode",
      type: "1",
      balance,
      userId: null,
      phone: null,
      userName: null,
      createdAt: null,
      updatedAt: null,
    };
    return mirrorCards(db, [card], { at: new Date(at), source: "sync" });
  };
  await seen(100, "2026-04-01T04:00:00Z");
  expect(await use("2026-04-01")).toBeUndefined();
  await seen(90, "2026-04-02T04:00:00Z");
  await seen(85, "2026-04-02T05:00:00Z");
  expect(await use("2026-04-02")).toEqual({ today: 15, days7: 15, days30: 15, idleDays: 0 });
});
