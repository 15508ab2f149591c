import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { grantToApp } from "../server/postgres/grant-to-app.ts";
import { migrate } from "../server/postgres/migrate.ts";
import { appRole, ownerRole, type PostgresPasswords } from "../server/postgres/postgres-access.ts";
import { startPostgres } from "../server/postgres/start-postgres.ts";

/** Names the test cluster to the test workers. */
const variable = "CARDESK_TEST_POSTGRES";
const template = "cardesk_template";

/** Of PostgreSQLs that live as long as their tests. */
export const testPasswords: PostgresPasswords = { superuser: "superuser", owner: "owner", app: "app" };

export type TestDatabase = {
  /** As the running console's role. */
  url: string;
  /** As the role that owns the tables. */
  ownerUrl: string;
  drop(): Promise<void>;
};

/** Start a throw-away PostgreSQL with one migrated template database; `stop` removes every trace of it. */
export async function startTestCluster(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-test-"));
  // Not secret, and as root PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const postgres = await startPostgres({ folder, passwords: testPasswords, settings });
    await runOn(postgres.adminUrl, `create database ${template} owner cardesk`);
    const urls = urlsOf(postgres.adminUrl, template);
    await migrate(urls.ownerUrl);
    await grantToApp(urls.ownerUrl, urls.url);
    process.env[variable] = postgres.adminUrl;
    const stop = async () => {
      await postgres.stop();
      remove();
    };
    return { adminUrl: postgres.adminUrl, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A fresh, migrated database of its own, for one test file, with the roles of production. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env[variable];
  if (!adminUrl) throw new Error("No test cluster: run through vitest, or call startTestCluster first");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOn(adminUrl, `create database ${name} template ${template} owner cardesk`);
  const drop = async () => {
    await runOn(adminUrl, `drop database if exists ${name} with (force)`);
  };
  return { ...urlsOf(adminUrl, name), drop };
}

function urlsOf(adminUrl: string, name: string): Pick<TestDatabase, "url" | "ownerUrl"> {
  const urlOf = (role: string, password: string) => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = password;
    url.pathname = `/${name}`;
    return url.href;
  };
  return { url: urlOf(appRole, testPasswords.app), ownerUrl: urlOf(ownerRole, testPasswords.owner) };
}

/** Run one statement, for example as the owner of the tables (`ownerUrl`), on a connection of its own. Returns the rows of a single one. */
export async function runOn(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
