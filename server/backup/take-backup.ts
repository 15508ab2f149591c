import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { chainKeys } from "../../lib/audit-chain/index.ts";
import { LaunchError } from "../process/launch-error.ts";
import { checkArchive, requireFree, writeArchive, writeSealed } from "./archive.ts";
import type { KeptSecrets } from "./backup-env.ts";
import { checkByRestore } from "./check-by-restore.ts";
import { dumpDatabase } from "./dump-database.ts";
import { recordAudit } from "./record-audit.ts";

export type Taken = {
  path: string;
  secretsPath: string;
  takenAt: string;
  bytes: number;
  tables: number;
  rows: number;
  /** Restored into a throw-away PostgreSQL; else only read back. */
  restored: boolean;
};

/** Beside a backup: the secrets that its rows are sealed with. */
export const secretsPathOf = (path: string): string => `${path}.secrets`;

/**
 * Take a backup of a database, read it back from the disk and, unless told not to, restore it into a throw-away
 * PostgreSQL. A key made for this alone opens the file too and is forgotten with the process, so the private key need not
 * be on this machine. Recorded in the audit and for the health page. Throws {@link LaunchError}.
 */
export async function takeBackup(options: {
  url: string;
  path: string;
  secrets: KeptSecrets;
  recipients: { rows: string; secrets: string };
  replace: boolean;
  restore: boolean;
}): Promise<Taken> {
  const { path, secrets, replace } = options;
  for (const each of [path, secretsPathOf(path)]) requireFree(each, replace);
  const ownKey = await generateIdentity();
  const keys = chainKeys(secrets.APP_KEYS);
  const client = new pg.Client({ connectionString: options.url, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  await client.connect().catch((error: Error) => {
    throw new LaunchError(`The database cannot be reached: ${error.message}.`);
  });
  try {
    const to = [options.recipients.rows, await identityToRecipient(ownKey)];
    await writeArchive(path, { parts: dumpDatabase(client), recipients: to, replace });
    const text = JSON.stringify({ APP_KEYS: secrets.APP_KEYS, AUTH_SECRET: secrets.AUTH_SECRET });
    await writeSealed(secretsPathOf(path), { text, recipients: [options.recipients.secrets], replace });
    const archive = await checkArchive(path, ownKey);
    if (options.restore) await checkByRestore(path, { key: ownKey, archive, keys });
    const taken = {
      path,
      secretsPath: secretsPathOf(path),
      takenAt: archive.head.takenAt,
      bytes: statSync(path).size,
      tables: archive.tables.length,
      rows: archive.tables.reduce((sum, { rows }) => sum + rows, 0),
      restored: options.restore,
    };
    const { takenAt, bytes, rows, restored } = taken;
    const detail = { file: basename(path), takenAt, bytes, rows, restored, sha256: await sha256Of(path) };
    await client.query(
      `insert into setting (key, value, updated_at) values ('last_backup', $1::jsonb, now())
       on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
      [JSON.stringify({ takenAt, bytes, restored })],
    );
    await recordAudit(client, keys, { action: "backup.taken", detail });
    return taken;
  } finally {
    await client.end();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
