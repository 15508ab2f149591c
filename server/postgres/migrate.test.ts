import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

test("a clock difference that stood before a pause's words gets a column of its own", async () => {
  const old = [
    ["clock_skew", "[-600 s] 验签失败：time已过期", -600_000, "验签失败：time已过期"],
    ["clock_skew", "[+90 s]", 90_000, null],
    ["clock_skew", "验签失败", null, "验签失败"],
    ["refused", "[+5 s] 上游原话", null, "[+5 s] 上游原话"],
  ] as const;
  const values = old.map(
    ([reason, details], i) => `(gen_random_uuid(), ${i}, 1, 'paused', '${reason}', '${details}', 'a', now(), now())`,
  );
  await query(`insert into batch (id, key_type, wanted, state, paused_reason, paused_details, created_by_name,
    created_at, updated_at) values ${values.join()}`);
  const folder = join(import.meta.dirname, "../../lib/db/migrations");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const migration = files
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .find((text) => text.includes("paused_clock"));
  await query(migration?.split("-- by hand")[1] ?? "");
  const { rows } = await query(
    "select paused_clock_offset_ms::int as offset, paused_details as words from batch order by key_type",
  );
  expect(rows).toEqual(old.map(([, , offset, words]) => ({ offset, words })));
});
