import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { waitForDatabase } from "./wait-for-database";

let existing: TestDatabase;
let admin: pg.Client;
/** A database that is not there yet. */
let name: string;

beforeEach(async () => {
  existing = await createTestDatabase();
  const url = new URL(process.env.CARDESK_TEST_POSTGRES ?? "");
  admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  name = `late_${randomBytes(6).toString("hex")}`;
});
afterEach(async () => {
  await database().pool.end();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  await existing.drop();
});

function use(url: string): void {
  sharedSlot("env").value = parseEnv({ NODE_ENV: "test", LOG_LEVEL: "silent", DATABASE_URL: url });
  sharedSlot("database").value = openDatabase(url);
}

test("waits for a database that takes no connections yet", async () => {
  use(existing.url);
  const asked = vi.spyOn(database().db, "execute");
  const answered = vi.fn();
  const { pathname } = new URL(existing.url);
  await admin.query(`alter database ${pathname.slice(1)} connection limit 0`);
  const waiting = waitForDatabase(600_000).then(answered);
  await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(2);
  expect(answered).not.toHaveBeenCalled();
  await admin.query(`alter database ${pathname.slice(1)} connection limit -1`);
  await waiting;
  expect(answered).toHaveBeenCalledOnce();
});

test("gives up after a while, with what was last said", async () => {
  use("postgresql://nobody@localhost/none?host=/nowhere");
  await expect(waitForDatabase(100)).rejects.toMatchObject({ cause: { code: "ENOENT" } });
});

test("a database that refuses us is not waited for", async () => {
  const url = new URL(existing.url);
  url.pathname = `/${name}`;
  use(url.href);
  await expect(waitForDatabase(600_000)).rejects.toMatchObject({ cause: { code: "3D000" } });
});
