import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { type Ctx, systemContext } from "../lib/context.ts";
import * as schema from "../lib/db/schema/index.ts";

/** What a piece of work costs the database, whatever else the machine does. */
export type Touched = {
  /** Rows that scans looked at, also those that a condition then refused. */
  rows: number;
  /** Blocks of 8 kB, in PostgreSQL's own memory or not. */
  blocks: number;
};

type Node = {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Node[];
};

/** Run the work once, and each of its statements once more to explain it. */
export async function touchedBy(pool: pg.Pool, work: (ctx: Ctx) => Promise<unknown>): Promise<Touched> {
  const asked: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => asked.push({ query, params }) };
  await work({ ...systemContext(), db: drizzle(pool, { schema, casing: "snake_case", logger }) });
  const touched = { rows: 0, blocks: 0 };
  for (const { query, params } of asked) {
    const { rows } = await pool.query(`explain (analyze, buffers, format json) ${query}`, params);
    const plan: Node = rows[0]["QUERY PLAN"][0].Plan;
    touched.blocks += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
    touched.rows += rowsOf(plan);
  }
  return touched;
}

function rowsOf(node: Node): number {
  // What a bitmap of an index found is counted where its rows are fetched.
  const scans = node["Node Type"].endsWith("Scan") && !/^(Bitmap Index|CTE|Subquery)/.test(node["Node Type"]);
  const each =
    node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const own = scans ? each * node["Actual Loops"] : 0;
  return (node.Plans ?? []).reduce((sum, plan) => sum + rowsOf(plan), own);
}

/** Processor time that all the pool's connections have used so far in PostgreSQL, ms; not known elsewhere than on Linux. */
export async function processorMsOf(pool: pg.Pool): Promise<number> {
  const times = await timesOf(pool, "application_name = 'cardesk'");
  return times.size === 0 ? Number.NaN : [...times.values()].reduce((sum, ms) => sum + ms, 0);
}

/** Processor time of each such connection by its process, ms; none elsewhere than on Linux. */
async function timesOf(pool: pg.Pool, condition: string): Promise<Map<number, number>> {
  if (process.platform !== "linux") return new Map();
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where ${condition} and datname = current_database()`,
  );
  return new Map(rows.map(({ pid }) => [pid, runNs(pid) / 1e6]));
}

/** The kernel counts it to the nanosecond here, in ticks of 10 ms elsewhere. */
const runNs = (pid: number): number => Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]);

export type Vacuumed = { processorMs: number; blocks: number; walMb: number };

/** Watch the vacuum that is begun next: its connection is closed when it is over, so its time is read while it runs. */
export async function watchVacuum(pool: pg.Pool): Promise<{ end(): Promise<Vacuumed> }> {
  const before = await ioOfVacuums(pool);
  // The pool may lend a connection that has worked before.
  const earlier = await timesOf(pool, "application_name = 'cardesk'");
  const used = new Map<number, number>();
  const look = async () => {
    for (const [pid, ms] of await timesOf(pool, "query like 'vacuum (%'")) used.set(pid, ms - (earlier.get(pid) ?? 0));
  };
  const timer = setInterval(() => void look().catch(() => undefined), 20);
  return {
    end: async () => {
      clearInterval(timer);
      // What a process has read is counted for all when it ends, a moment after its connection is closed.
      const pids = [...used.keys()].join(", ") || "0";
      while ((await pool.query(`select from pg_stat_activity where pid in (${pids})`)).rowCount) await delay(20);
      const after = await ioOfVacuums(pool);
      const processorMs = [...used.values()].reduce((sum, ms) => sum + ms, 0);
      return { processorMs, blocks: after.blocks - before.blocks, walMb: (after.wal - before.wal) / 1e6 };
    },
  };
}

async function ioOfVacuums(pool: pg.Pool): Promise<{ blocks: number; wal: number }> {
  const { rows } = await pool.query(`
    select (select sum(coalesce(hits, 0) + coalesce(reads, 0)) from pg_stat_io where context = 'vacuum')::float8 as blocks,
      (pg_current_wal_insert_lsn() - '0/0')::float8 as wal`);
  return rows[0];
}
