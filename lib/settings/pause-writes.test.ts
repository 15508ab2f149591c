import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { assertWritesAllowed } from "./assert-writes-allowed";
import { pauseWrites } from "./pause-writes";
import { readIncident } from "./read-incident";

let file: TestDatabase;
let database: Database;
const now = new Date("2026-09-21T06:00:00.000Z");

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 6);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(setting);
});

const ctx = (): Ctx => ({
  actor: { ...SYSTEM, name: "lin" },
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => now,
  db: database.db,
});

const begin = () => database.db.transaction((tx) => assertWritesAllowed(tx));
const pause = () => pauseWrites({ ctx: ctx(), input: { reason: "上游数据异常" } });

test("a pause refuses every write that would begin, and says who, since when and why", async () => {
  await begin();
  await pause();
  await expect(begin()).rejects.toMatchObject({
    code: "paused",
    key: "writes_paused",
    params: { by: "lin", since: now.toISOString(), reason: "上游数据异常" },
  });
  expect(await readIncident({ ctx: ctx() })).toMatchObject({
    paused: { byName: "lin", since: now.toISOString(), reason: "上游数据异常" },
  });
});

test("of two admins who pause at the same time one gets the error that writes are paused already", async () => {
  const results = await Promise.allSettled([pause(), pause()]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(pause()).rejects.toMatchObject({ code: "conflict", key: "writes_already_paused" });
});

test("a pause waits for a write that is just beginning, so that none slips through behind it", async () => {
  let pausing: Promise<unknown> | undefined;
  const order: string[] = [];
  await database.db.transaction(async (tx) => {
    await assertWritesAllowed(tx);
    pausing = pause().then(() => order.push("paused"));
    const waiting = sql`
      select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await database.db.execute(waiting)).rows.length).toBe(1);
    order.push("begun");
  });
  await pausing;
  expect(order).toEqual(["begun", "paused"]);
});

test("a stored pause that can't be read still pauses", async () => {
  await database.db.insert(setting).values({ key: "writes_paused", value: { nonsense: true } });
  await expect(begin()).rejects.toMatchObject({ code: "paused" });
  await database.db.delete(setting).where(eq(setting.key, "writes_paused"));
  await begin();
});
