import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { LaunchError } from "../process/launch-error.ts";
import { grantToApp } from "./grant-to-app.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  other = await createTestDatabase();
  // What a database says of itself is not copied with its template.
  await grantToApp(database.ownerUrl, database.url);
});
afterAll(() => Promise.all([database.drop(), other.drop()]));

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const asApp = (text: string) => query(database.url, text);
const entry = "insert into audit (actor_name, action) values ('x', 'x') returning outcome";

test("the running console writes and reads the audit, and works with every other table", async () => {
  expect((await asApp(entry)).rows).toEqual([{ outcome: "ok" }]);
  expect((await asApp("select count(*)::int as entries from audit")).rows).toEqual([{ entries: 1 }]);
  const { rows: tables } = await asApp(
    "select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const rights = "has_table_privilege($1, 'select, insert') as writes, has_table_privilege($1, 'update') as changes";
    const { rows } = await asApp(`select ${rights.replaceAll("$1", `'${name}'`)}`);
    expect({ name, ...rows[0] }).toEqual({ name, writes: true, changes: !name.startsWith("audit") });
  }
});

test.each([
  "truncate audit",
  "update audit set action = 'y'",
  "delete from audit",
  "truncate card",
  "alter table audit disable trigger all",
  "alter table audit add column x int",
  "drop table card",
  "create table x (x int)",
  "create temporary table x (x int)",
  "create schema x",
  "create function x() returns int language sql as 'select 1'",
  "create role x",
  "alter role cardesk_app superuser",
  "set role cardesk",
  "set session authorization cardesk",
  "grant delete on audit to cardesk_app",
  "update drizzle.__drizzle_migrations set hash = ''",
  "update drizzle.cardesk_kind set kind = 'real'",
  "create table pgboss.x (x int)",
  "select pg_read_file('/etc/passwd')",
  "copy audit to program 'cat'",
])("it may not: %s", async (text) => {
  await query(database.ownerUrl, "create table if not exists drizzle.cardesk_kind (kind text)");
  // A statement that would change nothing is refused, and one that warns only, as "grant" does, is no success either.
  const before = await query(database.ownerUrl, "select relacl::text from pg_class where relname = 'audit'");
  const outcome = await asApp(text).then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  if (!text.startsWith("grant")) expect(outcome).toBe("42501");
  const after = await query(database.ownerUrl, "select relacl::text from pg_class where relname = 'audit'");
  expect(after.rows).toEqual(before.rows);
});

test("the grants follow a table that a later version adds", async () => {
  await query(database.ownerUrl, "create table later (x int)");
  await expect(asApp("select from later")).rejects.toThrow("permission denied");
  await grantToApp(database.ownerUrl, database.url);
  await expect(asApp("select from later")).resolves.toBeDefined();
  await expect(asApp("delete from audit")).rejects.toThrow("permission denied");
});

test("a console without the owner's address starts on a database that is up to date, and migrates none that is not", async () => {
  await expect(migrate(database.url)).resolves.toBeUndefined();
  await query(
    database.ownerUrl,
    "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
  );
  await expect(migrate(database.url)).rejects.toThrow(LaunchError);
  await expect(migrate(database.url)).rejects.toThrow("set DATABASE_OWNER_URL");
});

test("two addresses that are not the same database are refused", async () => {
  await query(other.ownerUrl, "drop schema drizzle cascade");
  await expect(grantToApp(database.ownerUrl, other.url)).rejects.toThrow("are not the same database");
});

test("a role that can't connect is named as the running console's", async () => {
  const url = new URL(database.url);
  url.password = "wrong";
  await expect(grantToApp(database.ownerUrl, url.href)).rejects.toThrow("as the running console's user");
});
