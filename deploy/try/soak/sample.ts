import { proportionalMb, residentMb } from "../../../bench/process-memory.ts";
import type { DbReader } from "../../../chaos/cluster/db-reader.ts";
import type { World } from "./world.ts";

/** What is written down every minute. */
export type Sample = {
  minute: number;
  consoleMb: number;
  postgresMb: number;
  /** Connections to the database by application, the reader's own left out. */
  connections: Record<string, number>;
  /** Jobs of the queue by state. */
  queue: Record<string, number>;
  operations: Record<string, number>;
  tables: Record<string, Table>;
  unhandled: number;
};

/** Bytes with indexes and toast, and rows as the statistics have them. */
export type Table = { bytes: number; live: number; dead: number; vacuums: number };

const CONNECTIONS = `select coalesce(nullif(application_name, ''), 'no name') as name, count(*)::int as n
  from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' group by 1`;
const QUEUE = "select state::text as name, count(*)::int as n from pgboss.job group by 1";
const OPERATIONS = "select state::text as name, count(*)::int as n from operation group by 1";
const TABLES = `select schemaname || '.' || relname as name, pg_total_relation_size(relid)::float8 as bytes, n_live_tup::int as live,
  n_dead_tup::int as dead, (autovacuum_count + vacuum_count)::int as vacuums from pg_stat_user_tables`;

/** Measure once; null while a process is away. */
export async function takeSample(world: World, minute: number): Promise<Sample | null> {
  const { web, postgres } = world.console.pids;
  if (!world.console.isUp || !web || !postgres) return null;
  try {
    const [consoleMb, postgresMb] = [residentMb(web), proportionalMb(postgres)];
    return await world.read(async (db) => ({
      minute,
      consoleMb,
      postgresMb,
      connections: await counts(db, CONNECTIONS),
      queue: await counts(db, QUEUE),
      operations: await counts(db, OPERATIONS),
      tables: Object.fromEntries(
        (await all<Table & { name: string }>(db, TABLES)).map(({ name, ...table }) => [name, table]),
      ),
      unhandled: world.console.processLogs().reduce((sum, { uncaught }) => sum + uncaught.length, 0),
    }));
  } catch {
    // A child of PostgreSQL may end while it is read.
    return null;
  }
}

async function all<T extends object>(db: DbReader, text: string): Promise<T[]> {
  const rows = await db.rows<T & Record<string, unknown>>(text);
  if (!rows) throw new Error("the database is away");
  return rows;
}

async function counts(db: DbReader, text: string): Promise<Record<string, number>> {
  const rows = await all<{ name: string; n: number }>(db, text);
  return Object.fromEntries(rows.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ name, n }) => [name, n]));
}

/** One line of the log. */
export function lineOf({
  minute,
  consoleMb,
  postgresMb,
  connections,
  queue,
  operations,
  tables,
  unhandled,
}: Sample): string {
  const sum = (pick: (table: Table) => number) =>
    Object.values(tables).reduce((total, table) => total + pick(table), 0);
  const said = (record: Record<string, number>) =>
    Object.entries(record)
      .map(([name, n]) => `${name} ${n}`)
      .join(" ");
  return [
    `minute ${minute.toFixed(0).padStart(3)}`,
    `console ${consoleMb.toFixed(1)} MB`,
    `PostgreSQL ${postgresMb.toFixed(1)} MB`,
    `connections ${connectionsOf({ connections })} (${said(connections)})`,
    `queue ${said(queue)}`,
    `operations ${said(operations)}`,
    `tables ${(sum(({ bytes }) => bytes) / 1e6).toFixed(1)} MB, ${sum(({ dead }) => dead)} dead rows`,
    `unhandled ${unhandled}`,
  ].join(" · ");
}

/** All connections of a sample. */
export const connectionsOf = ({ connections }: Pick<Sample, "connections">): number =>
  Object.values(connections).reduce((sum, n) => sum + n, 0);
