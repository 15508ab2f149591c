import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { outputOf } from "@/test/support/output-of";
import { lockDataFolder } from "../launcher/data-lock.ts";
import { loadSecrets, postgresPasswords } from "../launcher/secrets.ts";
import { claimDatabase } from "../postgres/claim-database.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { migrate } from "../postgres/migrate.ts";
import { type Postgres, startPostgres } from "../postgres/start-postgres.ts";

let folder: string;
let target: TestDatabase;

/** The data folder's own database, with nobody else on it. */
async function onOwn(work: (postgres: Postgres) => Promise<void>): Promise<void> {
  const lock = lockDataFolder(folder);
  const passwords = postgresPasswords(loadSecrets(folder));
  const postgres = await startPostgres({ folder, passwords, settings: { fsync: "off" } });
  try {
    await work(postgres);
  } finally {
    await postgres.stop();
    lock.release();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-move-"));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  target = await createTestDatabase();
  await onOwn(async ({ ownerUrl, url }) => {
    await migrate(ownerUrl);
    await claimDatabase(ownerUrl, "real");
    await grantToApp(ownerUrl, url);
    await runOn(
      url,
      `insert into "user" (username, role) values ('ann', 'admin');
       insert into operation (id, kind, state, params, actor_name, created_at, expires_at, intent_at)
       values (gen_random_uuid(), 'transfer', 'intent', '{}', 'ann', now(), now(), now());`,
    );
  });
});
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** By default as the documents say: an address with a password is no argument. */
function move(words: string[] = []): Promise<{ code: number | null; output: string }> {
  const entry = fileURLToPath(new URL("move.ts", import.meta.url));
  const { PATH, HOME } = process.env;
  const own = { DATA_DIR: folder, DATABASE_URL: "", DATABASE_OWNER_URL: target.ownerUrl, APP_KEYS: "" };
  const to = words.length > 0 ? {} : { MOVE_TO: target.url };
  const child = spawn(process.execPath, ["--conditions=react-server", entry, ...words], {
    env: { NODE_ENV: "test", PATH, HOME, ...own, ...to },
  });
  return outputOf(child);
}

test("refused while a console runs on it, and into a database that is not empty: both stay as they were", async () => {
  const lock = lockDataFolder(folder);
  expect(await move()).toMatchObject({ code: 1, output: expect.stringContaining("in use by a running Cardesk") });
  lock.release();
  expect(await move()).toMatchObject({ code: 1, output: expect.stringContaining("not empty") });
  expect(readdirSync(folder)).not.toContain("moving.backup");
  await onOwn(({ ownerUrl }) => claimDatabase(ownerUrl, "real"));
});

test("an address with a password is refused as an argument: npm prints and logs those, and anybody on the machine lists them", async () => {
  const { code, output } = await move(["postgres://cardesk:hunter2@127.0.0.1:1/cardesk"]);
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("MOVE_TO") });
  expect(output).not.toContain("hunter2");
});

test("moved: the rows are there as they were and nothing is paused; no console starts on the old ones", async () => {
  await runOn(target.ownerUrl, "drop schema public, drizzle, pgboss cascade; create schema public");
  expect(await move()).toMatchObject({ code: 0, output: expect.stringContaining("Moved:") });
  expect(await runOn(target.url, 'select username from "user"')).toEqual([{ username: "ann" }]);
  expect(await runOn(target.url, "select state from operation")).toEqual([{ state: "intent" }]);
  expect(await runOn(target.url, "select from setting where key in ('writes_paused', 'restored')")).toEqual([]);
  await claimDatabase(target.ownerUrl, "real");
  await onOwn(({ ownerUrl }) => expect(claimDatabase(ownerUrl, "real")).rejects.toThrow("was moved"));
});
