import { createHash } from "node:crypto";
import { chmodSync, existsSync, lchownSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { LaunchError } from "../process/launch-error.ts";
import { waitUntil } from "../process/wait-until.ts";
import type { SystemUser } from "./postgres-user.ts";

/** The passwords of PostgreSQL's superuser, of the role that owns the tables, and of the running console's role. */
export type PostgresPasswords = { superuser: string; owner: string; app: string };

/** Who owns the console's tables and migrates them. */
export const ownerRole = "cardesk";
/** What the running console connects as. */
export const appRole = "cardesk_app";

const closed = "local all all scram-sha-256\n";

/**
 * Before each start: who may connect. Nobody without a password; only where the superuser's is not set yet (a new
 * cluster, one that was made with "trust", one whose secrets.json was lost) the superuser, so that it can be set. Until
 * then the socket's folder keeps everybody out but PostgreSQL's own user and root.
 */
export function prepareAccess(dataDir: string, user: SystemUser | undefined, passwords: PostgresPasswords): void {
  if (!isClosed(dataDir, passwords)) writeRules(dataDir, user, `local all postgres trust\n${closed}`);
}

/**
 * After a start: the roles with these passwords, the console's database, and a server that lets nobody in without one.
 * The roles are plain: an injected query must not get at the machine, and the console's own role owns nothing.
 */
export async function ensureAccess(
  url: (role: string, password: string) => string,
  { dataDir, user, passwords }: { dataDir: string; user: SystemUser | undefined; passwords: PostgresPasswords },
): Promise<void> {
  const client = new pg.Client({ connectionString: url("postgres", passwords.superuser) });
  client.on("error", () => undefined);
  await client.connect();
  try {
    for (const [role, password] of [[ownerRole, passwords.owner] as const, [appRole, passwords.app] as const]) {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role]);
      if (rowCount === 0) await client.query(`create role ${role} login`);
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    }
    const database = await client.query("select from pg_database where datname = 'cardesk'");
    if (database.rowCount === 0) await client.query(`create database cardesk owner ${ownerRole}`);
    if (isClosed(dataDir, passwords)) return;
    await client.query(`alter role postgres password ${client.escapeLiteral(passwords.superuser)}`);
    writeRules(dataDir, user, closedBy(passwords));
    await client.query("select pg_reload_conf()");
  } finally {
    await client.end();
  }
  if (await waitUntil(() => isRefused(url("postgres", "")), 30_000)) return;
  throw new LaunchError("PostgreSQL still lets its superuser in without a password.");
}

function isClosed(dataDir: string, passwords: PostgresPasswords): boolean {
  const path = rulesOf(dataDir);
  return existsSync(path) && readFileSync(path, "utf8") === closedBy(passwords);
}

/** The rules name the superuser's password by a hash: with another one it has to be set again. */
function closedBy({ superuser }: PostgresPasswords): string {
  return `# password ${createHash("sha256").update(superuser).digest("hex")}\n${closed}`;
}

const rulesOf = (dataDir: string) => join(dataDir, "pg_hba.conf");

function writeRules(dataDir: string, user: SystemUser | undefined, rules: string): void {
  const fresh = `${rulesOf(dataDir)}.new`;
  writeFileSync(fresh, rules, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  if (user) lchownSync(fresh, user.uid, user.gid);
  renameSync(fresh, rulesOf(dataDir));
}

async function isRefused(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return false;
  } catch {
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
