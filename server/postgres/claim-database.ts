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
    await client.query(
      "create table if not exists drizzle.cardesk_kind (one boolean primary key check (one), kind text not null)",
    );
    await client.query("insert into drizzle.cardesk_kind values (true, $1) on conflict do nothing", [kind]);
    const { rows } = await client.query("select kind from drizzle.cardesk_kind");
    if (rows[0]?.kind !== kind) throw new LaunchError(mixed(kind));
  } finally {
    await client.end();
  }
}

function mixed(wanted: DatabaseKind): string {
  return wanted === "sandbox"
    ? "This database belongs to a real installation and the demo would mix invented cards into it: unset DATABASE_URL and DATA_DIR."
    : "This database was made by the demo and holds invented cards: choose another DATABASE_URL or DATA_DIR.";
}
