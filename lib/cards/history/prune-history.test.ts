import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { cardDailyUse, cardEvent, setting } from "@/lib/db/schema";
import { changeSetting } from "@/lib/settings";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { pruneHistory } from "./prune-history";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = database();
  await db.delete(cardEvent);
  await db.delete(cardDailyUse);
  await db.delete(setting);
});

// 01:00 on the 22nd in the display zone.
const now = new Date("2026-09-21T17:00:00Z");
const ctx = () => room.as("admin", () => now);
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

async function put(ages: readonly number[]) {
  const { db } = database();
  await db.insert(cardEvent).values(ages.map((age) => ({ cardId: "c", at: daysAgo(age), kind: "back" as const })));
  const day = (age: number) =>
    daysAgo(age - 8 / 24)
      .toISOString()
      .slice(0, 10);
  await db.insert(cardDailyUse).values(ages.map((age) => ({ cardId: "c", day: day(age), calls: 1 })));
}

async function left() {
  const { db } = database();
  const events = await db.select({ at: cardEvent.at }).from(cardEvent).orderBy(asc(cardEvent.at));
  const days = await db.select({ day: cardDailyUse.day }).from(cardDailyUse).orderBy(asc(cardDailyUse.day));
  return { events: events.map(({ at }) => at), days: days.map(({ day }) => day) };
}

test("what is older than 400 days goes, unless a setting says otherwise", async () => {
  await put([0, 399, 400, 401, 500]);
  expect(await pruneHistory({ ctx: ctx(), input: {} })).toEqual({ events: 2, days: 2 });
  expect(await left()).toEqual({
    events: [daysAgo(400), daysAgo(399), daysAgo(0)],
    days: ["2025-08-18", "2025-08-19", "2026-09-22"],
  });
  await changeSetting({ ctx: ctx(), input: { key: "retention", value: { days: 30 } } });
  expect(await pruneHistory({ ctx: ctx(), input: {} })).toEqual({ events: 2, days: 2 });
  expect(await left()).toEqual({ events: [daysAgo(0)], days: ["2026-09-22"] });
});

test("many rows go in small steps; a run that is stopped leaves the rest to the next", async () => {
  await put([410, 411, 412, 413, 414]);
  const stopped = new AbortController();
  stopped.abort();
  expect(await pruneHistory({ ctx: ctx(), input: { chunk: 2, signal: stopped.signal } })).toEqual({
    events: 2,
    days: 2,
  });
  expect(await pruneHistory({ ctx: ctx(), input: { chunk: 2 } })).toEqual({ events: 3, days: 3 });
  expect(await left()).toEqual({ events: [], days: [] });
});
