import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import * as schema from "./schema";

export type Db = NodePgDatabase<typeof schema>;
/** A transaction or the pool: the parameter of verbs that join a caller's transaction. */
export type Tx = Pick<Db, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute">;

export type Database = { db: Db; pool: pg.Pool };

/** Open a pool. `statement_timeout` bounds every query, so that a stuck database does not hang a page. */
export function openDatabase(connectionString: string, max = 16): Database {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: "cardesk",
  });
  // A server that goes away breaks its connections. The pool listens only to idle ones and replaces them; one in a
  // transaction has no listener of its own, and its error, which every waiting query gets as well, would be uncaught.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const db: Db = openDrizzle(pool);
  db.transaction = (work, config) => transactionOn(pool, (client) => openDrizzle(client).transaction(work, config));
  return { db, pool };
}

const openDrizzle = <C extends pg.Pool | pg.PoolClient>(client: C) => drizzle(client, { schema, casing: "snake_case" });

/**
 * Drizzle alone never gives back a client whose `begin` failed: sixteen of them, and the pool is empty. One that is still
 * inside a transaction, because its `rollback` failed, is closed: the next caller's statements would go into it.
 */
async function transactionOn<T>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await run(client);
  } finally {
    client.release(client.getTransactionStatus() !== "I");
  }
}

const slot = sharedSlot<Database>("database");

export function database(): Database {
  if (!slot.value) {
    const url = env().DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set: start Cardesk with its launcher");
    slot.value = openDatabase(url);
  }
  return slot.value;
}
