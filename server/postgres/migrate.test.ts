import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { LaunchError } from "../process/launch-error.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function query(text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

test("a plain role gets the schema and pg_trgm, and migrating again changes nothing", async () => {
  await migrate(database.ownerUrl);
  const extension = await query("select extname from pg_extension where extname = 'pg_trgm'");
  expect(extension.rowCount).toBe(1);
  const role = await query("select rolsuper from pg_roles where rolname = current_user");
  expect(role.rows).toEqual([{ rolsuper: false }]);
});

test("eight processes may migrate at once", async () => {
  await Promise.all(Array.from({ length: 8 }, () => migrate(database.ownerUrl)));
  const twice = await query("select created_at from drizzle.__drizzle_migrations group by 1 having count(*) > 1");
  expect(twice.rowCount).toBe(0);
});

test("a database of a newer version is refused and left alone", async () => {
  await query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 9999999999999)");
  await expect(migrate(database.ownerUrl)).rejects.toThrow(LaunchError);
  await expect(migrate(database.ownerUrl)).rejects.toThrow("newer than this Cardesk");
  const rows = await query("select 1 from drizzle.__drizzle_migrations where hash = 'from the future'");
  expect(rows.rowCount).toBe(1);
});
