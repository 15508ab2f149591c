/**
 * `node --conditions=react-server --import ./bench/aliases.ts bench/mirror-size.ts 100000 …`: how many bytes so many mirrored cards
 * take, in tables and in indexes, with one row each in what a reading writes beside them. docs/SCALE.md has the numbers.
 */
import "./aliases.ts";
import pg from "pg";
import { createTestDatabase, startTestCluster } from "../test/database.ts";

const FILL = `
  insert into card_seen (card_id, seen_at) select id, now() from card on conflict do nothing;
  insert into card_balance (card_id, at, balance, source) select id, now(), balance, 'sync' from card on conflict do nothing;
  vacuum analyze`;

const SIZES = `
  select relname as name, pg_relation_size(oid)::float8 + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) as rows,
    pg_indexes_size(oid)::float8 as indexes
  from pg_class where relname in ('card', 'card_name', 'card_seen', 'card_balance') and relkind in ('r', 'p') order by 1`;

type Size = { name: string; rows: number; indexes: number };

const { openDatabase } = await import("../lib/db/client.ts");
const { systemContext } = await import("../lib/context.ts");
const { fillNameTerms } = await import("../lib/cards/index.ts");
const { seedMirror } = await import("../test/support/seed-mirror.ts");
const cluster = await startTestCluster();
try {
  for (const cards of process.argv.slice(2).map(Number)) {
    const { ownerUrl, drop } = await createTestDatabase();
    await seedMirror(ownerUrl, cards);
    const { pool, patientDb } = openDatabase(ownerUrl);
    await fillNameTerms({
      ctx: { ...systemContext(), db: patientDb },
      input: { signal: new AbortController().signal },
    });
    await pool.end();
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query("set statement_timeout = 0");
    for (const statement of FILL.split(";")) await client.query(statement);
    const { rows } = await client.query<Size>(SIZES);
    for (const { name, rows: table, indexes } of rows)
      console.log(
        `${cards} ${name.padEnd(12)} ${mega(table)} rows, ${mega(indexes)} indexes: ${Math.round(table / cards)} + ${Math.round(indexes / cards)} bytes each`,
      );
    await client.end();
    await drop();
  }
} finally {
  await cluster.stop();
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1).padStart(7)} MB`;
}
