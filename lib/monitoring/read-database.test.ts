import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { readDatabase } from "./read-database";

let file: TestDatabase;
let app: Database;
let owner: Database;
beforeAll(async () => {
  file = await createTestDatabase();
  app = openDatabase(file.url, 1);
  owner = openDatabase(file.ownerUrl, 1);
});
afterAll(async () => {
  await Promise.all([app.pool.end(), owner.pool.end()]);
  await file.drop();
});

test("the console's own role is split from the owner's; one role for everything is not", async () => {
  expect(await readDatabase({ ctx: { db: app.db } })).toMatchObject({ role: "cardesk_app", split: true });
  expect(await readDatabase({ ctx: { db: owner.db } })).toMatchObject({ role: "cardesk", split: false });
});

test.each(["truncate", "delete", "update"])("a role that may %s the audit is not split", async (right) => {
  await runOn(file.ownerUrl, `grant ${right} on audit to cardesk_app`);
  expect(await readDatabase({ ctx: { db: app.db } })).toMatchObject({ split: false });
  await runOn(file.ownerUrl, `revoke ${right} on audit from cardesk_app`);
  expect(await readDatabase({ ctx: { db: app.db } })).toMatchObject({ split: true });
});

test("filling in one column of an entry later is no right to the audit", async () => {
  await runOn(file.ownerUrl, "grant update (detail) on audit to cardesk_app");
  expect(await readDatabase({ ctx: { db: app.db } })).toMatchObject({ split: true });
});
