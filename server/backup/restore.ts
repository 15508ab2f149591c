/**
 * `npm run restore -- FILE`: fill an empty data folder (DATA_DIR), or the empty database of DATABASE_URL, from a backup.
 * BACKUP_KEY opens it, BACKUP_SECRETS_KEY the file of secrets beside it. All of it is checked before anything is written.
 * The restored console starts with writes paused.
 */
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chainKeys } from "../../lib/audit-chain/index.ts";
import { describeReport } from "../audit/describe-report.ts";
import { checkAppKeys } from "../launcher/check-app-keys.ts";
import { lockDataFolder } from "../launcher/data-lock.ts";
import { loadSecrets, postgresPasswords } from "../launcher/secrets.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { readCommandLine } from "../process/command-line.ts";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { type Archive, checkArchive, readArchive, readSealed } from "./archive.ts";
import { type KeptSecrets, loadEnvFiles, newFolder } from "./backup-env.ts";
import { type Restored, requireKnown, restoreDatabase } from "./restore-database.ts";
import { secretsPathOf } from "./take-backup.ts";

const usage = [
  "Usage: BACKUP_KEY=… BACKUP_SECRETS_KEY=… DATA_DIR=/new/folder npm run restore -- FILE [demo]",
  "",
  "Fills an empty data folder, or the empty database of DATABASE_URL, from FILE and FILE.secrets beside it.",
  "FILE is checked whole first; nothing that is there already is changed.",
  "If DATABASE_URL is set, in .env.local too, that database is filled, and the folder gets none.",
  "  demo  the data folder is the demo's (.data-demo), unless DATA_DIR names one",
].join("\n");

try {
  const { demo, operands } = readCommandLine(process.argv.slice(2), { usage, mostOperands: 1 });
  loadEnvFiles();
  await run(operands[0], demo);
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function run(file: string | undefined, demo: boolean): Promise<void> {
  const key = process.env.BACKUP_KEY;
  if (!file) throw new LaunchError(usage);
  if (!key) throw new LaunchError("BACKUP_KEY is not set: the key (AGE-SECRET-KEY-1…) that was shown by --new-keys.");
  const path = resolve(file);
  const folder = newFolder(demo);
  const secrets = await readSecrets(path, folder);
  const archive = await checkArchive(path, key);
  requireKnown(archive.head);
  const lost = process.env.LOST_APP_KEYS?.split(",") ?? [];
  const lock = lockDataFolder(folder);
  try {
    const restored = await within(folder, secrets, async ({ ownerUrl, url }) => {
      const keys = chainKeys(secrets.APP_KEYS);
      const check = (filled: string) => checkAppKeys(filled, { appKeys: secrets.APP_KEYS, lost });
      const result = await restoreDatabase({ ownerUrl, archive, parts: readArchive(path, key), keys, check });
      if (ownerUrl !== url) await grantToApp(ownerUrl, url);
      return result;
    });
    setHeadsAside(folder);
    console.log(wordsFor(archive, restored, folder));
    if (restored.audit.fault) process.exitCode = 1;
  } finally {
    lock.release();
  }
}

/** From the file beside the backup; else from the variables, or as the folder has them. */
async function readSecrets(path: string, folder: string): Promise<KeptSecrets> {
  const key = process.env.BACKUP_SECRETS_KEY;
  if (key) return JSON.parse(await readSealed(secretsPathOf(path), key)) as KeptSecrets;
  if (process.env.APP_KEYS || existsSync(join(folder, "secrets.json"))) {
    const kept = existsSync(join(folder, "secrets.json")) ? loadSecrets(folder) : undefined;
    const appKeys = process.env.APP_KEYS || kept?.APP_KEYS || "";
    return { APP_KEYS: appKeys, AUTH_SECRET: process.env.AUTH_SECRET || kept?.AUTH_SECRET || "" };
  }
  throw new LaunchError(
    `Set BACKUP_SECRETS_KEY, which opens ${secretsPathOf(path)}, or APP_KEYS: without them nothing that is sealed in the backup opens.`,
  );
}

type Urls = { ownerUrl: string; url: string };

/** The empty database to fill: the one elsewhere, or a new one in the data folder, which goes again if that fails. */
async function within<T>(folder: string, secrets: KeptSecrets, fill: (urls: Urls) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (url) return fill({ url, ownerUrl: ownerUrl || url });
  const cluster = join(folder, "pg");
  if (existsSync(cluster))
    throw new LaunchError(
      `${folder} holds a database already: choose an empty folder with DATA_DIR, and keep this one.`,
    );
  keepSecrets(folder, secrets);
  try {
    const postgres = await startPostgres({ folder, passwords: postgresPasswords(loadSecrets(folder)) });
    try {
      return await fill(postgres);
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    throw error;
  }
}

/** Those of the folder stay: others would make it unreadable to whatever wrote it. */
function keepSecrets(folder: string, { APP_KEYS, AUTH_SECRET }: KeptSecrets): void {
  const path = join(folder, "secrets.json");
  if (existsSync(path)) {
    if (!process.env.APP_KEYS && loadSecrets(folder).APP_KEYS !== APP_KEYS)
      throw new LaunchError(`${path} holds other APP_KEYS than the backup: choose an empty folder with DATA_DIR.`);
    return;
  }
  const kept = { APP_KEYS, ...(AUTH_SECRET && { AUTH_SECRET }) };
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

/** They are of records that came after the backup: true, and no longer in the database. Kept under another name. */
function setHeadsAside(folder: string): void {
  const mark = new Date().toISOString().replaceAll(/[:.]/g, "-");
  for (const name of ["audit-head.jsonl", "audit-head.old.jsonl"]) {
    const path = join(folder, name);
    if (existsSync(path)) renameSync(path, join(folder, `before-restore-${mark}-${name}`));
  }
}

function wordsFor({ head }: Archive, { tables, rows, audit, secured }: Restored, folder: string): string {
  const { operations = 0, batches = 0, sessions = 0 } = secured ?? {};
  return [
    `Restored: ${rows} rows of ${tables} tables as of ${head.takenAt}, each table as long as it was.`,
    describeReport(audit),
    "",
    `What happened after ${head.takenAt} is not here. So:`,
    "- Writes are paused. An administrator resumes them on the settings page, after a look at the upstreams.",
    `- ${operations} operations that may have been sent count as unknown: readings are shown, a person decides.`,
    `- ${batches} batches of keys are paused: keys made since are in PotatoCloud's list, and not here.`,
    `- ${sessions} sessions ended; links and approvals that waited are over.`,
    "- Passwords, roles and disabled users are as they were: disable again whom you disabled since.",
    "The console reads all cards when it starts; the health page says how many differ from the backup.",
    process.env.DATABASE_URL || process.env.APP_KEYS
      ? "Start it with the APP_KEYS and AUTH_SECRET of the backup."
      : `Start it with DATA_DIR=${folder}. The one it replaces must be stopped: two would each send for themselves.`,
  ].join("\n");
}
