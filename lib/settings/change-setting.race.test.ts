import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { changeSetting } from "./change-setting";

let file: TestDatabase;
let database: Database;
beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 12);
});
afterAll(async () => {
  await database.pool.end();
  await file.drop();
});
const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => new Date("2026-09-21T06:00:00Z"),
  db: database.db,
});
test("of changes at once each is audited with what it really replaced", async () => {
  await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      changeSetting({ ctx: ctx(), input: { key: "retention", value: { days: 100 + i } } }),
    ),
  );
  const trail = await database.db
    .select()
    .from(audit)
    .where(eq(audit.action, "setting.changed"))
    .orderBy(asc(audit.id));
  const seen = trail.map(({ detail }) => detail as { before: { days: number }; after: { days: number } });
  expect(seen.map(({ before }) => before.days).toSorted()).toEqual(
    [400, ...seen.map(({ after }) => after.days)].slice(0, 8).toSorted(),
  );
  expect(new Set(seen.map(({ before }) => before.days)).size).toBe(8);
});
