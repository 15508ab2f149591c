import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";

export type DatabaseKind = "real" | "sandbox";

/**
 * Remember on first use whether a database belongs to a real installation or to the demo, and refuse to mix them: the
 * demo would take every real card for vanished, and production would show invented ones.
 */
export async function claimDatabase(connectionString: string, kind: DatabaseKind): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const found = (await readKind(client)) ?? (await claim(client, kind));
    if (found === "restoring") throw new LaunchError(unfinished);
    if (found === "moved") throw new LaunchError(moved);
    if (found !== kind) throw new LaunchError(mixed(kind));
  } finally {
    await client.end();
  }
}

/** Undefined while nobody has claimed it. Reading needs no right to make tables, which a second console may lack. */
async function readKind(client: pg.Client): Promise<unknown> {
  const table = await client.query("select to_regclass('drizzle.cardesk_kind') is not null as there");
  if (!table.rows[0]?.there) return undefined;
  const { rows } = await client.query("select kind from drizzle.cardesk_kind");
  return rows[0]?.kind;
}

async function claim(client: pg.Client, kind: DatabaseKind): Promise<unknown> {
  await client.query(
    "create table if not exists drizzle.cardesk_kind (one boolean primary key check (one), kind text not null)",
  );
  await client.query("insert into drizzle.cardesk_kind values (true, $1) on conflict do nothing", [kind]);
  return readKind(client);
}

const unfinished =
  "A restore into this database was not finished: make an empty database (or data folder) and restore into that.";
const moved = "This database was moved to another server: set DATABASE_URL to that one.";

function mixed(wanted: DatabaseKind): string {
  return wanted === "sandbox"
    ? "This database belongs to a real installation and the demo would mix invented cards into it: unset DATABASE_URL and DATA_DIR."
    : "This database was made by the demo and holds invented cards: choose another DATABASE_URL or DATA_DIR.";
}
