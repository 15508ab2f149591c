import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteHead } from "@/lib/audit-chain";
import journal from "@/lib/db/migrations/meta/_journal.json";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { newestMigration } from "./newest-migration";
import { readFacts } from "./read-facts";

let database: TestDatabase;
let client: pg.Client;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  // As the running console's role: what it may not read, its health page could not show.
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  folder = mkdtempSync(join(tmpdir(), "cardesk-facts-"));
});
afterAll(async () => {
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const facts = () => readFacts((text) => client.query(text), folder);

test("a new database: its schema is this version's, and nothing has happened", async () => {
  expect(await facts()).toMatchObject({
    migration: newestMigration(journal),
    trigrams: true,
    split: true,
    role: "cardesk_app",
    undecided: 0,
    wholeAt: null,
    notedHead: null,
    lastBackup: null,
    restored: null,
  });
});

test("cards that differ from a restored backup: changed since by nobody of ours, each once", async () => {
  await client.query(
    `insert into setting (key, value) values ('restored', '{"takenAt":"2026-11-27T00:00:00Z","restoredAt":"2026-11-28T00:00:00Z"}');
     insert into card_event (card_id, at, kind, operation_id) values
       ('a', '2026-11-28T00:01:00Z', 'balance', null), ('a', '2026-11-28T00:01:00Z', 'gone', null),
       ('b', '2026-11-28T00:02:00Z', 'balance', null), ('c', '2026-11-28T00:02:00Z', 'balance', gen_random_uuid()),
       ('d', '2026-11-27T23:00:00Z', 'balance', null), ('e', '2026-11-30T00:00:00Z', 'balance', null)`,
  );
  expect((await facts()).restored).toEqual({ takenAt: "2026-11-27T00:00:00Z", differing: 2 });
});

test("the newest head noted outside the database is looked for in it, with its HMAC", async () => {
  const at = "2026-11-28T00:00:00Z";
  await client.query("insert into audit_seal values (1, 1, now(), 'first', 'k1'), (2, 2, now(), 'second', 'k1')");
  await noteHead(folder, { at, seq: 2, mac: "second" });
  expect((await facts()).notedHead).toEqual({ seq: 2, there: true });
  await noteHead(folder, { at, seq: 3, mac: "third" });
  expect((await facts()).notedHead).toEqual({ seq: 3, there: false });
});

test("records of the audit that have no number after five minutes are counted", async () => {
  await client.query(
    `insert into audit (actor_name, action, at) select 'ann', 'x', now() - n * interval '4 minutes' from generate_series(4, 0, -1) n`,
  );
  // Of five the two oldest have a number, and two are younger.
  expect((await facts()).unnumbered).toBe(1);
});
