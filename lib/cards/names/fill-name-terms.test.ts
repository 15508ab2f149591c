import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { card, cardName } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { areNamesFilled } from "./are-names-filled";
import { fillNameTerms } from "./fill-name-terms";

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 2);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

const nobody: Omit<Ctx, "db"> = {
  actor: { id: null, name: "system", role: "admin", sessionId: null },
  requestId: "r",
  ip: null,
  userAgent: null,
  now: () => at,
};
const at = new Date("2026-09-21T06:00:00Z");
const idOf = (n: number) => n.toString(16).padStart(32, "0");
const fill = (signal = new AbortController().signal) =>
  fillNameTerms({ ctx: { ...nobody, db: database.db }, input: { signal } });
const names = () => database.db.select().from(cardName).orderBy(asc(cardName.cardId));

test("every nickname gets its terms, once; a new spelling gets new ones, and none has none", async () => {
  const cards = Array.from({ length: 1_101 }, (_, n) => ({
    ...{ id: idOf(n), code: "wNaa1GDw", type: "1", firstSeenAt: at, readAt: at },
    userName: n % 10 === 0 ? null : `琳琅${n}`,
  }));
  await database.db.insert(card).values(cards);
  const stopped = new AbortController();
  stopped.abort();
  expect(await fill(stopped.signal)).toBe(0);
  expect(await areNamesFilled(database.db)).toBe(false);
  expect(await fill()).toBe(990);
  expect(await areNamesFilled(database.db)).toBe(true);
  expect(await names()).toHaveLength(990);
  expect((await names())[0]?.terms).toContain("'linlang1'");
  expect(await fill()).toBe(0);

  await database.db
    .update(card)
    .set({ userName: "望舒" })
    .where(eq(card.id, idOf(1)));
  await database.db
    .update(card)
    .set({ userName: null })
    .where(eq(card.id, idOf(2)));
  expect(await fill()).toBe(2);
  const [first, second] = await names();
  expect(first).toMatchObject({ cardId: idOf(1), userName: "望舒" });
  expect(first?.terms).toContain("'wangshu'");
  expect(second?.cardId).toBe(idOf(3));
});
