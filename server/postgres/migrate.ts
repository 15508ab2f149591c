import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";
import { connect } from "./connect.ts";
import { isQueueCurrent, prepareQueue } from "./prepare-queue.ts";

const ownFolder = fileURLToPath(new URL("../../lib/db/migrations", import.meta.url));

/** A number of our choice, the same in every process, so that only one of them migrates at a time. */
export const migrationLock = 7_203_114_901;

/**
 * Bring a database up to this code's schema, the queue's tables included, one process at a time; as the role that owns
 * it. One that is up to date already is only read. Throws {@link LaunchError} when the database has been migrated by a
 * newer version, and then changes nothing.
 */
export async function migrate(connectionString: string, folder: string = ownFolder): Promise<void> {
  const client = await connect(connectionString);
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const unapplied = await countUnapplied(client, folder);
    if (unapplied > 0) await apply(client, folder);
    if (!(await isQueueCurrent(client))) await prepareQueue(connectionString);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === lacksPrivilege ? new LaunchError(mayNotMigrate) : error;
  } finally {
    await client.end();
  }
}

/** SQLSTATE insufficient_privilege. */
const lacksPrivilege = "42501";
const mayNotMigrate =
  "The database has to be migrated, and its user may not: set DATABASE_OWNER_URL to that of the user who owns its tables.";

async function apply(client: pg.Client, folder: string): Promise<void> {
  const db = drizzle(client);
  try {
    await db.execute(sql`create extension if not exists pg_trgm`);
    await applyMigrations(db, { migrationsFolder: folder });
  } catch (error) {
    // Drizzle wraps PostgreSQL's own error.
    throw error instanceof Error && error.cause instanceof pg.DatabaseError ? error.cause : error;
  }
}

/** How many migrations are still to be applied. Refuses a database that has some this version does not know. */
async function countUnapplied(client: pg.Client, folder: string): Promise<number> {
  const known = new Set(readMigrationFiles({ migrationsFolder: folder }).map((migration) => migration.folderMillis));
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as there");
  if (!table.rows[0]?.there) return known.size;
  const { rows } = await client.query("select created_at from drizzle.__drizzle_migrations");
  const applied = rows.map((row) => Number(row.created_at));
  const strange = applied.filter((at) => !known.has(at)).length;
  if (strange === 0) return known.size - new Set(applied).size;
  throw new LaunchError(
    `The database is newer than this Cardesk: it has ${strange} migration${strange === 1 ? "" : "s"} this version does ` +
      "not know. Start the newer version, or restore a backup made before it.",
  );
}
