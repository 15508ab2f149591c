import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { audit, setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { assertWritesAllowed } from "./assert-writes-allowed";
import { pauseWrites } from "./pause-writes";
import { readIncident } from "./read-incident";
import { resumeWrites } from "./resume-writes";

let file: TestDatabase;
let database: Database;
/** Audit rows are never deleted, so each test looks for those of its own request. */
let request = 0;
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
  request += 1;
});

const ctx = (): Ctx => ({
  actor: { ...SYSTEM, name: "lin" },
  requestId: `r${request}`,
  ip: null,
  userAgent: null,
  now: () => now,
  db: database.db,
});

const trail = () =>
  database.db
    .select()
    .from(audit)
    .where(eq(audit.requestId, `r${request}`))
    .orderBy(audit.id);
const begin = () => database.db.transaction((tx) => assertWritesAllowed(tx));
const pause = () => pauseWrites({ ctx: ctx(), input: { reason: "上游数据异常" } });

test("resuming lets writes begin again", async () => {
  await pause();
  await resumeWrites({ ctx: ctx(), input: { reason: "已核对" } });
  await begin();
  expect(await readIncident({ ctx: ctx() })).toMatchObject({ paused: null });
});

test("pausing and resuming are audited with their reasons", async () => {
  await pause();
  await resumeWrites({ ctx: ctx(), input: { reason: "已核对" } });
  const rows = await trail();
  expect(rows.map(({ action, actorName, detail }) => ({ action, actorName, detail }))).toEqual([
    { action: "writes.paused", actorName: "lin", detail: { reason: "上游数据异常" } },
    {
      action: "writes.resumed",
      actorName: "lin",
      detail: { reason: "已核对", paused: { by: "lin", since: now.toISOString(), reason: "上游数据异常" } },
    },
  ]);
});

test("resuming what is not paused is refused and leaves no trace", async () => {
  await expect(resumeWrites({ ctx: ctx(), input: { reason: "?!" } })).rejects.toMatchObject({ code: "conflict" });
  expect(await trail()).toEqual([]);
});
