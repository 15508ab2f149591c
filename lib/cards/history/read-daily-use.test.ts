import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/core/env";
import { database, openDatabase } from "@/lib/db/client";
import { card, cardDailyUse } from "@/lib/db/schema";
import { runOn } from "@/test/database";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readDailyUse } from "./read-daily-use";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

// In Shanghai it is the 22nd already.
const now = new Date("2026-09-21T18:00:00Z");
const use = (cardIds: string[], days = 30) =>
  readDailyUse({ ctx: room.as("support", () => now), input: { cardIds, days } });

test("each day of the display zone has its use, summed over the cards, days without any among them", async () => {
  const { db } = database();
  const firstSeenAt = new Date("2026-09-18T17:00:00Z");
  const row = { type: "1", balance: 1, readAt: now, firstSeenAt };
  await db.insert(card).values([
    { id: "a", code: "AAAA1111", ...row },
    { id: "b", code: "BBBB2222", ...row, firstSeenAt: now },
  ]);
  await db.insert(cardDailyUse).values([
    { cardId: "a", day: "2026-09-20", calls: 3 },
    { cardId: "b", day: "2026-09-20", calls: 4 },
    { cardId: "a", day: "2026-09-22", calls: 5 },
    { cardId: "c", day: "2026-09-22", calls: 99 },
  ]);
  const days = [
    { day: "2026-09-19", calls: 0 },
    { day: "2026-09-20", calls: 7 },
    { day: "2026-09-21", calls: 0 },
    { day: "2026-09-22", calls: 5 },
  ];
  expect(await use(["a", "b", "a"])).toEqual({ days });
  expect(await use(["a", "b"], 2)).toEqual({ days: days.slice(2) });
});

test("today is not left out where the server's own clocks skip a midnight", async () => {
  const asked = new Date("2026-09-08T18:00:00Z");
  await database()
    .db.insert(card)
    .values({
      id: "d",
      code: "DDDD4444",
      type: "1",
      balance: 1,
      readAt: asked,
      firstSeenAt: new Date("2026-09-01T00:00:00Z"),
    });
  await database().db.insert(cardDailyUse).values({ cardId: "d", day: "2026-09-09", calls: 5 });
  // Clocks go from 00:00 to 01:00 on 6 September 2026.
  const [{ name } = { name: "" }] = await runOn(room.ownerUrl, "select current_database() as name");
  await runOn(room.ownerUrl, `alter database ${name} set timezone = 'America/Santiago'`);
  const chile = openDatabase(env().DATABASE_URL ?? "", 1);
  const ctx = { ...room.as("support", () => asked), db: chile.db };
  const { days } = await readDailyUse({ ctx, input: { cardIds: ["d"], days: 5 } });
  await chile.pool.end();
  expect(days.map(({ day }) => day)).toEqual(["2026-09-05", "2026-09-06", "2026-09-07", "2026-09-08", "2026-09-09"]);
  expect(days.at(-1)).toEqual({ day: "2026-09-09", calls: 5 });
});
