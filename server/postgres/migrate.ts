import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";

const ownFolder = fileURLToPath(new URL("../../lib/db/migrations", import.meta.url));

/** A number of our choice, the same in every process, so that only one of them migrates at a time. */
const migrationLock = 7_203_114_901;

/**
 * Bring a database up to this code's schema, one process at a time. Throws {@link LaunchError} when the database has
 * been migrated by a newer version, and then changes nothing.
 */
export async function migrate(connectionString: string, folder: string = ownFolder): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  await connect(client);
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const db = drizzle(client);
    await refuseNewer(client, folder);
    await db.execute(sql`create extension if not exists pg_trgm`);
    await applyMigrations(db, { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LaunchError(`The database cannot be reached: ${message || code}. Is DATABASE_URL right?`);
  }
}

async function refuseNewer(client: pg.Client, folder: string): Promise<void> {
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
  if (!table.rows[0]?.there) return;
  const applied = await client.query("select created_at from drizzle.__drizzle_migrations");
  const known = new Set(readMigrationFiles({ migrationsFolder: folder }).map((migration) => migration.folderMillis));
  const strange = applied.rows.filter((row) => !known.has(Number(row.created_at))).length;
  if (strange === 0) return;
  throw new LaunchError(
    `The database is newer than this Cardesk: it has ${strange} migration${strange === 1 ? "" : "s"} this version does ` +
      "not know. Start the newer version, or restore a backup made before it.",
  );
}
