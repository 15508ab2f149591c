import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";
import { migrationLock } from "./migrate.ts";

/** Tables whose rows nobody may change. */
const appendOnly = ["audit", "audit_seal"];
/** Tables that the console vacuums after a sync (lib/cards/mirror/vacuum-mirror.ts), and since when that is a right. */
const vacuumed = ["card", "card_use"];
const MAINTAIN_SINCE = 170_000;

/**
 * Give the running console's role (the one of `appUrl`) what it needs in the owner's database and nothing else: rows of
 * our tables and of the queue's, entries in the audit, no table, no `truncate`. Idempotent; after each migration.
 * Throws {@link LaunchError} if the two do not fit together.
 */
export async function grantToApp(ownerUrl: string, appUrl: string): Promise<void> {
  const role = await asApp(appUrl, "select current_user as answer");
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select current_user as owner, current_setting('server_version_num')::int as number",
    );
    // One role for everything: the health page says so.
    if (rows[0]?.owner === role) return;
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    const app = client.escapeIdentifier(role);
    for (const statement of grants(app)) await client.query(statement);
    if (rows[0]?.number >= MAINTAIN_SINCE) await grantMaintain(client, app);
    await client.query("commit");
  } finally {
    await client.end();
  }
  const known = "select has_schema_privilege('drizzle', 'usage')::text as answer";
  if ((await asApp(appUrl, known).catch(() => "")) !== "true") throw new LaunchError(notTheSame);
}

const notTheSame = "DATABASE_URL and DATABASE_OWNER_URL are not the same database: only the user may differ.";

const grants = (app: string): string[] => [
  "do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$",
  "revoke create on schema public from public",
  `grant usage on schema public, pgboss, drizzle to ${app}`,
  `grant select, insert, update, delete on all tables in schema public, pgboss to ${app}`,
  `grant usage on all sequences in schema public, pgboss to ${app}`,
  `grant select on all tables in schema drizzle to ${app}`,
  ...appendOnly.map((table) => `revoke update, delete, truncate on ${table} from ${app}`),
];

/** A schema of before has not all of them. */
async function grantMaintain(client: pg.Client, app: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select name from unnest($1::text[]) name where to_regclass(name) is not null",
    [vacuumed],
  );
  for (const { name } of rows) await client.query(`grant maintain on ${name} to ${app}`);
}

/** One value, as the running console's role. */
async function asApp(url: string, question: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(question);
    return String(rows[0]?.answer);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LaunchError(
      `The database cannot be reached as the running console's user: ${message || code}. Is DATABASE_URL right, and was ` +
        "its user made (create role cardesk_app login password …)?",
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
