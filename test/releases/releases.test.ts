import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chainKeys } from "@/lib/audit-chain";
import journal from "@/lib/db/migrations/meta/_journal.json";
import { newestMigration } from "@/lib/doctor";
import { checkArchive, readArchive } from "../../server/backup/archive.ts";
import { restoreDatabase } from "../../server/backup/restore-database.ts";
import { createTestDatabase, runOn, type TestDatabase } from "../database.ts";
import { RELEASE_APP_KEYS } from "./release-keys.ts";

const kept = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".backup"));

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await runOn(database.ownerUrl, "drop schema public, drizzle, pgboss cascade; create schema public");
});
afterEach(() => database.drop());

const query = (text: string) => runOn(database.ownerUrl, text);

test("a backup of a released version is kept", () => {
  expect(kept.length).toBeGreaterThan(0);
});

describe.each(kept)("what %s held", (name) => {
  const path = join(import.meta.dirname, name);
  const key = readFileSync(`${path}.key`, "utf8").trim();

  test("was of every table, and is all there after this version's migrations", async () => {
    const archive = await checkArchive(path, key);
    expect(archive.tables.filter(({ rows }) => rows === 0)).toEqual([]);
    const keys = chainKeys(RELEASE_APP_KEYS);
    const { audit } = await restoreDatabase({
      ownerUrl: database.ownerUrl,
      archive,
      parts: readArchive(path, key),
      keys,
      moved: true,
    });
    expect(audit).toMatchObject({ fault: null, checked: 2 });
    const [applied] = await query("select max(created_at) as newest from drizzle.__drizzle_migrations");
    expect(Number(applied?.newest)).toBe(newestMigration(journal));
    expect(await query(`select username, role from "user" order by username limit 2`)).toEqual([
      { username: "ann", role: "admin" },
      { username: "ben", role: "operator" },
    ]);
    expect(
      await query("select right(id::text, 2) as id, state, params->>'amount' as amount from operation order by id"),
    ).toEqual([
      { id: "10", state: "done", amount: "5" },
      { id: "11", state: "unknown", amount: "6" },
      { id: "12", state: "done", amount: null },
    ]);
    expect(await query("select card_id from operation_card where open")).toEqual([{ card_id: "card1" }]);
    expect(await query("select upstream_id, cipher from card_key")).toEqual([
      { upstream_id: "9007199254740993", cipher: Buffer.from([0, 255]) },
    ]);
    expect(await query("select id from card where name_key = '望舒' or name_key = 'wang' order by id")).toHaveLength(2);
    expect(await query("select sum(cards)::int as cards from card_count")).toEqual([{ cards: 4 }]);
  });
});
