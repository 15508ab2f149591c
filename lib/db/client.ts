import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import * as schema from "./schema";

export type Db = NodePgDatabase<typeof schema>;
/** A transaction or the pool: the parameter of verbs that join a caller's transaction. */
export type Tx = Pick<Db, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute">;

/** `db` for whoever waits at a screen, `patientDb` for jobs and exports: the same pool, with more time for a statement. */
export type Database = { db: Db; patientDb: Db; pool: pg.Pool };

/** How long a statement may take, ms. A frozen server keeps no time limit, so these are counted here. */
export type StatementLimits = { screen: number; patient: number };
const LIMITS: StatementLimits = { screen: 8_000, patient: 35_000 };

/** The card table asks five things at once. Each connection is a process of PostgreSQL, and takes 5 MB there. */
const MOST_CONNECTIONS = 12;

/** Open a pool. Every wait for it is bounded, so that a stuck database does not hang a page. */
export function openDatabase(connectionString: string, max = MOST_CONNECTIONS, limits = LIMITS): Database {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    query_timeout: limits.patient,
    // What nobody waits for any more ends at the server as well: statements behind a lock would pile up.
    lock_timeout: 10_000,
    application_name: "cardesk",
  });
  // A server that goes away breaks its connections. The pool listens only to idle ones and replaces them; one in a
  // transaction has no listener of its own, and its error, which every waiting query gets as well, would be uncaught.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return { db: openDb(pool, limits.screen), patientDb: openDb(pool, limits.patient), pool };
}

const settings = { schema, casing: "snake_case" } as const;

function openDb(pool: pg.Pool, limitMs: number): Db {
  const query = (config: pg.QueryConfig, values: unknown[]) => pool.query(limited(config, limitMs), values);
  const limitedPool: pg.Pool = Object.create(pool, { query: { value: query } });
  const db: Db = drizzle(limitedPool, settings);
  db.transaction = (work, config) =>
    transactionOn(pool, limitMs, (client) => drizzle(client, settings).transaction(work, config));
  return db;
}

/** The same query, given up after `ms`: pg knows the field, its types do not. */
export function limited(config: pg.QueryConfig, ms: number): pg.QueryConfig {
  const withLimit = { ...config, query_timeout: ms };
  return withLimit;
}

/**
 * Drizzle alone never gives back a client whose `begin` failed: a dozen of them, and the pool is empty. One that is still
 * inside a transaction, because its `rollback` failed, is closed: the next caller's statements would go into it.
 */
async function transactionOn<T>(
  pool: pg.Pool,
  limitMs: number,
  run: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // After its time limit pg only stops waiting: the statement still runs, and a `rollback` would queue behind it. Closing
  // the connection ends the transaction whatever it did, unless it was the commit itself: its outcome is then unknown.
  const query = async (config: pg.QueryConfig, values: unknown[]) => {
    try {
      return await client.query(limited(config, limitMs), values);
    } catch (error) {
      if (isTimeout(error)) void client.end();
      throw error;
    }
  };
  const limitedClient: pg.PoolClient = Object.create(client, { query: { value: query } });
  try {
    return await run(limitedClient);
  } finally {
    client.release(client.getTransactionStatus() !== "I");
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.message === "Query read timeout";

const slot = sharedSlot<Database>("database");

export function database(): Database {
  if (!slot.value) {
    const url = env().DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set: start Cardesk with its launcher");
    slot.value = openDatabase(url);
  }
  return slot.value;
}
