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
  // A server that goes away breaks idle connections. The pool replaces them; without a listener the process would end.
  pool.on("error", () => {});
  return { db: drizzle(pool, { schema, casing: "snake_case" }), pool };
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
