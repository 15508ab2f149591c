import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type CopyStreamQuery, from } from "pg-copy-streams";
import { type ChainKeys, type ChainReport, chainSource, verifyChain } from "../../lib/audit-chain/index.ts";
import { migrate } from "../postgres/migrate.ts";
import { LaunchError } from "../process/launch-error.ts";
import type { Archive, Head, Part, TableEnd } from "./archive.ts";
import { type Secured, secureRestored } from "./secure-restored.ts";

export type Restored = {
  tables: number;
  rows: number;
  audit: ChainReport;
  /** Null where a database was moved and nothing can have happened since. */
  secured: Secured | null;
};

export type RestoreOptions = {
  /** As the role that is to own the tables. */
  ownerUrl: string;
  /** What {@link checkArchive} found in the whole of it. */
  archive: Archive;
  parts: AsyncIterable<Part>;
  keys: ChainKeys;
  /** Rows that end where they do because the console was stopped, and go on elsewhere. */
  moved?: boolean;
  /** Looks at the rows before anything is recorded beside them: what it throws leaves the restore unfinished. */
  check?: (ownerUrl: string) => Promise<void>;
};

const migrations = fileURLToPath(new URL("../../lib/db/migrations", import.meta.url));
type Journal = { entries: { tag: string; when: number }[] };

/**
 * Fill an empty database from a backup: the schema it was made with, its rows, then this version's migrations. All rows or
 * none; one that was not finished is marked, and no console starts on it. Throws {@link LaunchError} before anything is
 * written when the database holds something already or the backup is of a newer version.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<Restored> {
  const { ownerUrl, archive, keys } = options;
  const { head, tables } = archive;
  requireKnown(head);
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  await client.connect().catch((error: Error) => {
    throw new LaunchError(`The database cannot be reached: ${error.message}.`);
  });
  try {
    await requireEmpty(client);
    await mark(client, "restoring");
    await migrateTo(ownerUrl, head.migration);
    const audit = await fill(client, options);
    await migrate(ownerUrl);
    await options.check?.(ownerUrl);
    const secured = await transaction(client, async () => {
      const done = options.moved ? null : await secureRestored(client, { takenAt: head.takenAt, keys });
      await mark(client, head.kind);
      return done;
    });
    // The planner knows nothing of rows that came all at once.
    await client.query("analyze");
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), audit, secured };
  } finally {
    await client.end();
  }
}

/** Refuse a backup of a version whose migrations this one does not have. */
export function requireKnown({ migration }: Head): void {
  if (readJournal().entries.some(({ when }) => when === migration)) return;
  throw new LaunchError("The backup was made by a newer Cardesk: restore it with that version.");
}

const readJournal = (): Journal => JSON.parse(readFileSync(join(migrations, "meta/_journal.json"), "utf8")) as Journal;

const named = ({ database, host, port }: pg.Client): string =>
  host.startsWith("/") ? "the data folder's database" : `the database ${database} on ${host}:${port}`;

/** Nothing of a console may be there: neither rows nor the mark of one that has started. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const kind = await client.query("select to_regclass('drizzle.cardesk_kind') is not null as there");
  const { rows } = kind.rows[0]?.there ? await client.query("select kind from drizzle.cardesk_kind") : { rows: [] };
  if (rows[0]?.kind === "restoring")
    throw new LaunchError(
      `A restore into ${named(client)} was not finished: drop the database, make it anew and restore again.`,
    );
  const tables = await client.query(
    "select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
  );
  if (rows.length > 0 || tables.rows[0]?.count > 0)
    throw new LaunchError(
      `Nothing was changed: ${named(client)} is not empty. Choose an empty one, and keep this one until that is checked.`,
    );
}

async function mark(client: pg.Client, kind: string): Promise<void> {
  await client.query("create schema if not exists drizzle");
  await client.query(
    "create table if not exists drizzle.cardesk_kind (one boolean primary key check (one), kind text not null)",
  );
  await client.query(
    "insert into drizzle.cardesk_kind values (true, $1) on conflict (one) do update set kind = excluded.kind",
    [kind],
  );
}

/** The schema as it was when the backup was made. */
async function migrateTo(ownerUrl: string, newest: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-migrations-"));
  try {
    const journal = readJournal();
    const entries = journal.entries.filter(({ when }) => when <= newest);
    mkdirSync(join(folder, "meta"));
    writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) copyFileSync(join(migrations, `${tag}.sql`), join(folder, `${tag}.sql`));
    await migrate(ownerUrl, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All rows, counted and with the audit's chain checked, in one transaction. */
async function fill(client: pg.Client, { archive, parts, keys }: RestoreOptions): Promise<ChainReport> {
  const { head, tables } = archive;
  const names = head.tables.map(({ name }) => client.escapeIdentifier(name));
  return transaction(client, async () => {
    await client.query("set local statement_timeout = 0");
    // Guards and counters are for what happens; these rows are what has happened.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    await client.query(`truncate ${names.join(", ")}`);
    await copyRows(client, { head, tables, parts });
    for (const { table, column, last } of head.identities)
      await client.query("select setval(pg_get_serial_sequence($1, $2), $3::bigint)", [
        client.escapeIdentifier(table),
        column,
        last,
      ]);
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
    for (const { table, rows } of tables) await requireCount(client, table, rows);
    const heads = head.auditHead ? [head.auditHead] : [];
    return verifyChain(
      chainSource((text, values) => client.query(text, values)),
      { keys, heads },
    );
  });
}

async function copyRows(client: pg.Client, { head, tables, parts }: Archive & { parts: AsyncIterable<Part> }) {
  let index = 0;
  let copy: CopyStreamQuery | undefined;
  try {
    for await (const part of parts) {
      const table = head.tables[index];
      if (part.type === "rows" && table) {
        copy ??= client.query(from(copyInto(client, table)));
        if (!copy.write(part.bytes)) await Promise.race([once(copy, "drain"), finished(copy, { readable: false })]);
      } else if (part.type === "table") {
        await endCopy(copy, { expected: tables[index], found: part.table });
        copy = undefined;
        index += 1;
      }
    }
  } catch (error) {
    // The server would wait for more rows, and we for its answer to the rollback.
    copy?.on("error", () => undefined).destroy();
    throw error;
  }
}

async function endCopy(
  copy: CopyStreamQuery | undefined,
  { expected, found }: { expected: TableEnd | undefined; found: TableEnd },
): Promise<void> {
  copy?.end();
  if (copy) await finished(copy, { readable: false });
  if (expected?.sha256 !== found.sha256) throw new LaunchError("The backup changed while it was read.");
}

function copyInto(client: pg.Client, { name, columns }: Head["tables"][number]): string {
  const listed = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  return `copy ${client.escapeIdentifier(name)} (${listed}) from stdin (format binary)`;
}

async function requireCount(client: pg.Client, table: string, rows: number): Promise<void> {
  const found = await client.query(`select count(*) as count from ${client.escapeIdentifier(table)}`);
  const count = Number(found.rows[0]?.count);
  if (count !== rows) throw new LaunchError(`The table ${table} has ${count} rows, and ${rows} in the backup.`);
}

async function transaction<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const result = await run();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}
