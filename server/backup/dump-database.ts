import { createHash } from "node:crypto";
import type pg from "pg";
import { to } from "pg-copy-streams";
import { LaunchError } from "../process/launch-error.ts";
import type { Head, Part } from "./archive.ts";

/**
 * Everything the console has stored, as it was at one moment, while it runs: one transaction that sees no later change,
 * table after table. The queue's tables are not in it: what is due stands in rows of ours. The running console's role may
 * do this. Throws {@link LaunchError} where there is no console's database.
 */
export async function* dumpDatabase(client: pg.Client): AsyncGenerator<Part> {
  const tables = await readTables(client);
  await client.query("begin transaction isolation level repeatable read read only");
  try {
    await client.query("set local statement_timeout = 0");
    // Before the first look, so that no migration comes between it and the rows.
    await client.query(
      `lock table ${tables.map(({ name }) => client.escapeIdentifier(name)).join(", ")} in access share mode`,
    );
    yield { type: "head", head: await readHead(client, tables) };
    for (const table of tables) yield* dumpTable(client, table);
    yield { type: "end" };
  } finally {
    await client.query("rollback");
  }
}

async function* dumpTable(client: pg.Client, { name, columns }: Head["tables"][number]): AsyncGenerator<Part> {
  const hash = createHash("sha256");
  const listed = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const rows = client.query(to(`copy ${client.escapeIdentifier(name)} (${listed}) to stdout (format binary)`));
  for await (const bytes of rows as AsyncIterable<Buffer>) {
    hash.update(bytes);
    yield { type: "rows", bytes };
  }
  yield { type: "table", table: { table: name, rows: rows.rowCount, sha256: hash.digest("hex") } };
}

async function readHead(client: pg.Client, tables: Head["tables"]): Promise<Head> {
  const { rows } = await client.query(
    `select now() as at, (select kind from drizzle.cardesk_kind) as kind,
       (select max(created_at) from drizzle.__drizzle_migrations) as migration`,
  );
  const [row] = rows;
  const kind = row?.kind;
  if (!row || (kind !== "real" && kind !== "sandbox"))
    throw new LaunchError("This is no database of a console that has started.");
  const { rows: heads } = await client.query("select sealed_at, seq, mac from audit_seal order by seq desc limit 1");
  const { rows: identities } = await client.query(
    `select t.relname as table, a.attname as column, s.last_value as last
     from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attidentity <> ''
     join pg_sequences s on format('%I.%I', s.schemaname, s.sequencename)
       = pg_get_serial_sequence(format('public.%I', t.relname), a.attname)
     where t.relnamespace = 'public'::regnamespace and s.last_value is not null order by 1, 2`,
  );
  const [head] = heads;
  return {
    format: 1,
    takenAt: (row.at as Date).toISOString(),
    kind,
    migration: Number(row.migration),
    tables,
    identities: identities.map((row) => ({ table: row.table, column: row.column, last: String(row.last) })),
    auditHead: head ? { at: head.sealed_at.toISOString(), seq: Number(head.seq), mac: head.mac } : null,
  };
}

/** Our tables with their columns, but for those the database reckons itself; each after those it refers to. */
async function readTables(client: pg.Client): Promise<Head["tables"]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] | null }>(
    `select t.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select array_agg(distinct r.relname::text) from pg_constraint c join pg_class r on r.oid = c.confrelid
         where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid) as refers
     from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' order by t.relname`,
  );
  if (rows.length === 0) throw new LaunchError("This is no database of a console that has started.");
  const ordered: Head["tables"] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ refers }) => !refers?.some((name) => left.has(name)));
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(", ")}`);
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      left.delete(name);
    }
  }
  return ordered;
}
