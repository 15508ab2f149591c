import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../server/postgres/migrate.ts";
import { startPostgres } from "../server/postgres/start-postgres.ts";

/** Names the test cluster to the test workers. */
const variable = "CARDESK_TEST_POSTGRES";
const template = "cardesk_template";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** Start a throw-away PostgreSQL with one migrated template database; `stop` removes every trace of it. */
export async function startTestCluster(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-test-"));
  // Not secret, and as root PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const postgres = await startPostgres({ folder, settings });
    await asAdmin(postgres.adminUrl, `create database ${template} owner cardesk`);
    await migrate(databaseUrl(postgres.adminUrl, template));
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

/** A fresh, migrated database of its own, for one test file. The connection is that of a plain role, as in production. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env[variable];
  if (!adminUrl) throw new Error("No test cluster: run through vitest, or call startTestCluster first");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(adminUrl, `create database ${name} template ${template} owner cardesk`);
  const drop = () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
  return { url: databaseUrl(adminUrl, name), drop };
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.username = "cardesk";
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
