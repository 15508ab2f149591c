import { type SQLWrapper, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type Database, openDatabase } from "./client";
import { inDayRange } from "./day-range";

let file: TestDatabase;
let database: Database;
beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 1);
});
afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

/** Which of the instants lie in the range. */
async function find(zone: string, from: string | null, to: string | null, instants: string[]): Promise<string[]> {
  sharedSlot("env").value = parseEnv({ TZ_DISPLAY: zone });
  const at: SQLWrapper = sql`at`;
  const { rows } = await database.db.execute<{ text: string }>(sql`
    select text from (select text, text::timestamptz as at from unnest(${sql.param(instants)}::text[]) as text) as t
    where ${inDayRange(at, from, to) ?? sql`true`} order by at`);
  return rows.map((row) => row.text);
}

test("both days are included, in the console's zone", async () => {
  const instants = [
    "2026-02-27T15:59:59.999Z",
    "2026-02-27T16:00:00Z",
    "2026-02-28T15:59:59.999Z",
    "2026-02-28T16:00:00Z",
  ];
  expect(await find("Asia/Shanghai", "2026-02-28", "2026-02-28", instants)).toEqual(instants.slice(1, 3));
  expect(await find("Asia/Shanghai", "2026-02-28", null, instants)).toEqual(instants.slice(1));
  expect(await find("Asia/Shanghai", null, "2026-02-28", instants)).toEqual(instants.slice(0, 3));
  expect(await find("Asia/Shanghai", null, null, instants)).toEqual(instants);
  expect(await find("UTC", "2026-02-28", "2026-02-28", instants)).toEqual(instants.slice(2));
});

test("a day of 23 hours ends where the next one begins", async () => {
  const instants = ["2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"];
  expect(await find("America/New_York", "2026-03-08", "2026-03-08", instants)).toEqual(instants.slice(1, 3));
});

test("a day that has its first hour twice, or begins at one, is all of it", async () => {
  // Havana turns its clocks from 01:00 back to 00:00 on 2026-11-01, and from 00:00 on to 01:00 on 2026-03-08.
  const back = ["2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"];
  expect(await find("America/Havana", "2026-11-01", "2026-11-01", back)).toEqual(back.slice(1, 3));
  expect(await find("America/Havana", null, "2026-10-31", back)).toEqual(back.slice(0, 1));
  const on = ["2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"];
  expect(await find("America/Havana", "2026-03-08", "2026-03-08", on)).toEqual(on.slice(1, 3));
  // Santiago turns them from 00:00 back to 23:00: it is the day before that is longer.
  const late = ["2026-04-05T03:59:59Z", "2026-04-05T04:00:00Z"];
  expect(await find("America/Santiago", "2026-04-05", null, late)).toEqual(late.slice(1));
  // Nuuk goes from 23:00 on to 00:00.
  const none = ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"];
  expect(await find("America/Godthab", "2026-03-29", null, none)).toEqual(none.slice(1));
});

test.each(["0001-01-01", "9999-12-31"])("%s is a day like any other", async (day) => {
  expect(await find("Asia/Shanghai", day, day, ["2026-03-08T00:00:00Z"])).toEqual([]);
});
