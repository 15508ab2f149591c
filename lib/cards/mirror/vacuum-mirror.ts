import "server-only";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { database, limited } from "@/lib/db/client";
import { isCancelled, isLockFault } from "@/lib/db/errors";

/** What a sync writes and lists read from indexes alone; the console's role may vacuum these (`grantToApp`). */
export const VACUUMED = ["card", "card_use"] as const;
type Vacuumed = (typeof VACUUMED)[number];

export type VacuumResult = {
  /** "busy": somebody else vacuums. "late": it took longer than it may. */
  state: "done" | "busy" | "stopped" | "late";
  vacuumed: Vacuumed[];
};

type Input = {
  signal: AbortSignal;
  /** How long to wait for a vacuum of somebody else, and how long one may take, ms. */
  waitMs?: number;
  deadlineMs?: number;
};

/** After a second of waiting PostgreSQL ends an autovacuum that is in the way: that one works at a tenth of the speed. */
const WAIT_MS = 5_000;
/** Two seconds for a million cards on a quiet machine. */
const DEADLINE_MS = 600_000;
/** So many changed rows a table, and more than one in so many: fewer are autovacuum's, which has the same share. */
const FEWEST = 500;
const SHARE = 500;

/**
 * After a sync: vacuum what it changed much of, so that lists are read from their indexes alone again at once and not when
 * autovacuum comes to it. One at a time over all consoles. Does nothing where this role has no right to (PostgreSQL 15 and
 * 16 with split roles). An aborted signal ends it at the server; half a vacuum does no harm.
 */
export async function vacuumMirror({ input }: { ctx: Ctx; input: Input }): Promise<VacuumResult> {
  const { signal, waitMs = WAIT_MS, deadlineMs = DEADLINE_MS } = input;
  const vacuumed: Vacuumed[] = [];
  const client = await database().pool.connect();
  let pid = 0;
  const cancel = () => void cancelStatementOf(pid);
  // A lost connection is what the statement on it fails with.
  client.on("error", ignore);
  signal.addEventListener("abort", cancel);
  try {
    const { rows } = await client.query(
      "select pg_try_advisory_lock(hashtextextended('vacuum-mirror', 0)) as held, pg_backend_pid() as pid",
    );
    if (!rows[0]?.held) return { state: "busy", vacuumed };
    pid = rows[0].pid;
    const due = await client.query<{ name: Vacuumed }>(DUE, [VACUUMED, FEWEST, SHARE]);
    await client.query(
      "select set_config('statement_timeout', $1::text, false), set_config('lock_timeout', $2::text, false)",
      [deadlineMs, waitMs],
    );
    for (const { name } of due.rows) {
      if (signal.aborted) return { state: "stopped", vacuumed };
      const began = performance.now();
      await client.query(limited({ text: `${VACUUM} ${name}` }, deadlineMs + 5_000));
      vacuumed.push(name);
      log().info({ table: name, ms: Math.round(performance.now() - began) }, "vacuumed after a sync");
    }
    return { state: "done", vacuumed };
  } catch (error) {
    if (isLockFault(error)) return { state: "busy", vacuumed };
    if (!isCancelled(error)) throw error;
    if (signal.aborted) return { state: "stopped", vacuumed };
    log().warn({ deadlineMs }, "a vacuum after a sync took too long and is left to autovacuum");
    return { state: "late", vacuumed };
  } finally {
    signal.removeEventListener("abort", cancel);
    client.off("error", ignore);
    // Closed, not given back: its limits, its lock, and a cancel that comes late are nobody else's.
    client.release(true);
  }
}

/**
 * Those with enough rows changed or new since anybody vacuumed them, that this role may vacuum: since PostgreSQL 17 that
 * is a right of its own, before it the owner's. Cut ends of a table are not given back, which would lock readers out.
 */
const DUE = `
  select c.relname as name from pg_class c join pg_stat_user_tables s on s.relid = c.oid
  where oid = any($1::regclass[])
    and n_dead_tup + n_ins_since_vacuum > greatest($2::int, reltuples / $3::int)
    and case when current_setting('server_version_num')::int >= 170000
      then has_table_privilege(oid, 'maintain') else pg_has_role(relowner, 'usage') end`;

/** By one process of PostgreSQL: the others are for those who read. */
const VACUUM = "vacuum (truncate false, parallel 0)";

const ignore = () => undefined;

/** Only what runs there is ended: until the connection is closed, its process is nobody else's. */
async function cancelStatementOf(pid: number): Promise<void> {
  try {
    await database().pool.query("select pg_cancel_backend($1)", [pid]);
  } catch (error) {
    log().warn({ err: error }, "a vacuum could not be cancelled");
  }
}
