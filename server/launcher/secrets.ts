import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresPasswords } from "../postgres/postgres-access.ts";
import { LaunchError } from "../process/launch-error.ts";

export type Secrets = {
  AUTH_SECRET: string;
  APP_KEYS: string;
  /** Password of the demo's admin; never used by a production start. */
  DEMO_PASSWORD: string;
  SANDBOX_TOKEN: string;
  /** The passwords of our own PostgreSQL's roles. Lost ones are made and set anew. */
  POSTGRES_PASSWORD: string;
  DATABASE_OWNER_PASSWORD: string;
  DATABASE_APP_PASSWORD: string;
};

/**
 * The installation's own secrets: made once, kept in the data folder, readable by its owner only. A file that cannot be
 * read is an error and never replaced: with other keys everything encrypted so far would be lost.
 */
export function loadSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  const kept = existsSync(path) ? read(path) : {};
  const secrets: Secrets = {
    AUTH_SECRET: kept.AUTH_SECRET ?? randomBytes(32).toString("base64url"),
    APP_KEYS: kept.APP_KEYS ?? `k1:${randomBytes(32).toString("base64")}`,
    DEMO_PASSWORD: kept.DEMO_PASSWORD ?? readablePassword(),
    SANDBOX_TOKEN: kept.SANDBOX_TOKEN ?? randomBytes(16).toString("hex"),
    POSTGRES_PASSWORD: kept.POSTGRES_PASSWORD ?? randomBytes(32).toString("base64url"),
    DATABASE_OWNER_PASSWORD: kept.DATABASE_OWNER_PASSWORD ?? randomBytes(32).toString("base64url"),
    DATABASE_APP_PASSWORD: kept.DATABASE_APP_PASSWORD ?? randomBytes(32).toString("base64url"),
  };
  // Written only when something is new: a check of the audit beside a running console leaves the file alone.
  if (Object.entries(secrets).every(([name, value]) => kept[name as keyof Secrets] === value)) {
    chmodSync(path, 0o600);
    return secrets;
  }
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
  return secrets;
}

function read(path: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>;
  } catch {
    throw new LaunchError(
      `The secrets in ${path} cannot be read: restore that file from a backup (without it nothing encrypted opens).`,
    );
  }
}

/** What our own PostgreSQL's roles sign in with. */
export const postgresPasswords = (secrets: Secrets): PostgresPasswords => ({
  superuser: secrets.POSTGRES_PASSWORD,
  owner: secrets.DATABASE_OWNER_PASSWORD,
  app: secrets.DATABASE_APP_PASSWORD,
});

/** Twelve letters and digits that cannot be mistaken for one another, in groups of three: 58 bits. */
function readablePassword(): string {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  const letter = () => alphabet[randomInt(alphabet.length)] ?? "";
  return Array.from({ length: 4 }, () => Array.from({ length: 3 }, letter).join("")).join("-");
}
