import "server-only";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { asStandby, isLostServer, isStalePlan, mayBeUnreplicated, wasRolledBack } from "./errors";
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
    query_timeout: limits.patient,
    // A server that vanished without a word is noticed in twenty seconds.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: "cardesk",
    onConnect: prepareSession,
  });
  // A server that goes away breaks its connections. The pool listens only to idle ones and replaces them; one in a
  // transaction has no listener of its own, and its error, which every waiting query gets as well, would be uncaught.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return { db: openDb(pool, limits.screen), patientDb: openDb(pool, limits.patient), pool };
}

/**
 * What nobody waits for any more ends at the server as well: statements behind a lock would pile up. But a statement's limit
 * there is longer than ours: a commit that waits for a standby would end by it, and be reported as done. No default weakens
 * what a commit means, or hides the warning that says so. Said as a statement: poolers refuse it as a startup parameter.
 */
const PREPARE = `
  select pg_is_in_recovery() as standby, current_setting('server_version') as version, set_config('statement_timeout', '40s', false), set_config('lock_timeout', '10s', false),
    set_config('client_min_messages', 'warning', false), set_config('synchronous_commit', case when current_setting('synchronous_commit') in ('off', 'local') then 'on'
      else current_setting('synchronous_commit') end, false)`;

/** Only connections to a primary get into the pool: after a fail-over a name or proxy may still lead to the old one. */
async function prepareSession(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; version: string }>(limited({ text: PREPARE }, 5_000));
  if (rows[0]?.standby) throw asStandby();
  version.value = rows[0]?.version;
}

const version = sharedSlot<string>("postgres-version");

/** PostgreSQL's, as the newest connection said: another version is another server, and other connections. */
export const postgresVersion = (): string => version.value ?? "";

const settings = { schema, casing: "snake_case" } as const;

function openDb(pool: pg.Pool, limitMs: number): Db {
  const query = async (config: pg.QueryConfig, values: unknown[]) => {
    try {
      return await pool.query(limited(config, limitMs), values);
    } catch (error) {
      if (!config.name || !isStalePlan(error)) throw error;
      return pool.query(limited(unnamed(config), limitMs), values);
    }
  };
  const limitedPool: pg.Pool = Object.create(pool, { query: { value: query } });
  const db: Db = drizzle(limitedPool, settings);
  db.transaction = (work, config) =>
    transactionOn(pool, limitMs, (client) => drizzle(client, settings).transaction(work, config));
  return db;
}

/** To be planned for this once. In a transaction, where a stale plan would be the end of all of it, always. */
const unnamed = ({ name: _, ...config }: pg.QueryConfig): pg.QueryConfig => config;

/** The same query, given up after `ms`: pg knows the field, its types do not. */
export function limited(config: pg.QueryConfig, ms: number): pg.QueryConfig {
  const withLimit = { ...config, query_timeout: ms };
  return withLimit;
}

/**
 * Drizzle alone never gives back a client whose `begin` failed: a dozen of them, and the pool is empty. One that is still
 * inside a transaction, because its `rollback` failed, is closed: the next caller's statements would go into it. So is one
 * whose server can't serve any more, as a primary that has become a standby.
 */
async function transactionOn<T>(
  pool: pg.Pool,
  limitMs: number,
  run: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // After its time limit pg only stops waiting: the statement still runs, and a `rollback` would queue behind it. Closing
  // the connection ends the transaction whatever it did, unless it was the commit itself: its outcome is then unknown.
  let lost = false;
  const query = async (config: pg.QueryConfig, values: unknown[]) => {
    try {
      const asked = () => client.query(limited(unnamed(config), limitMs), values);
      return await (config.text === "commit" ? commitOn(client, asked) : asked());
    } catch (error) {
      lost ||= isLostServer(error);
      if (isTimeout(error)) void client.end();
      throw error;
    }
  };
  const limitedClient: pg.PoolClient = Object.create(client, { query: { value: query } });
  try {
    return await run(limitedClient);
  } finally {
    client.release(lost || client.getTransactionStatus() !== "I");
  }
}

/**
 * A commit whose wait for a standby was cancelled is reported as done, with a warning. It counts as not acknowledged. Of a
 * transaction with a failed statement it is reported as done too, and was a rollback.
 */
async function commitOn(client: pg.PoolClient, commit: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
  const warnings: (string | undefined)[] = [];
  const onNotice = ({ code, message }: { code?: string; message?: string }) => {
    if (code !== NOTICE) warnings.push(message);
  };
  client.on("notice", onNotice);
  try {
    const done = await commit();
    if (warnings.length > 0) throw mayBeUnreplicated(warnings[0]);
    if (done.command !== "COMMIT") throw wasRolledBack();
    return done;
  } finally {
    client.off("notice", onNotice);
  }
}

/** SQLSTATE of what is no warning. One is told by it alone: its words and its severity are in the server's language. */
const NOTICE = "00000";

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
