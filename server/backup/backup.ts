/**
 * `npm run backup -- FILE [demo] [--force] [--no-restore]`: everything the console has stored, as it is at one moment, into
 * an encrypted file, and the secrets into another beside it; while the console runs, or while it is stopped. Then the file
 * is read back and restored into a throw-away PostgreSQL. `npm run backup -- --new-keys` makes the keys for it.
 */
import { resolve } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { openDatabase } from "../audit/open-database.ts";
import { postgresPasswords } from "../launcher/secrets.ts";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { commandFolder, folderSecrets, keptSecrets, loadEnvFiles, recipients } from "./backup-env.ts";
import { type Taken, takeBackup } from "./take-backup.ts";

const argv = process.argv.slice(2);

// As an exit like any other, so that what lies in temporary folders goes.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  loadEnvFiles();
  console.log(argv.includes("--new-keys") ? await newKeys() : wordsFor(await run()));
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function run(): Promise<Taken> {
  const [file] = argv.filter((word) => !word.startsWith("--") && word !== "demo");
  if (!file) throw new LaunchError("Usage: npm run backup -- FILE [demo] [--force] [--no-restore], or --new-keys");
  const to = recipients();
  const folder = commandFolder(argv.includes("demo"));
  const secrets = keptSecrets(folder);
  const database = await openDatabase(folder, {
    external: process.env.DATABASE_URL || undefined,
    passwords: () => postgresPasswords(folderSecrets(folder)),
  });
  try {
    return await takeBackup({
      url: database.url,
      path: resolve(file),
      secrets,
      recipients: to,
      replace: argv.includes("--force"),
      restore: !argv.includes("--no-restore"),
    });
  } finally {
    await database.close();
  }
}

function wordsFor({ path, secretsPath, takenAt, bytes, tables, rows, restored }: Taken): string {
  return [
    `${path}: ${rows} rows of ${tables} tables as of ${takenAt}, ${(bytes / 2 ** 20).toFixed(1)} MiB.`,
    restored
      ? "It was restored into a throw-away PostgreSQL: every row came back, and the audit is as it was written."
      : "It was read back whole. It was not restored.",
    `${secretsPath}: APP_KEYS and AUTH_SECRET. Keep it elsewhere: without it the backup's card keys can't be opened.`,
  ].join("\n");
}

async function newKeys(): Promise<string> {
  const [rows, secrets] = await Promise.all([generateIdentity(), generateIdentity()]);
  return [
    "Shown this once. Keep these two, each in another place, and neither on this machine:",
    "",
    `BACKUP_KEY=${rows}`,
    `BACKUP_SECRETS_KEY=${secrets}`,
    "",
    "These two say whom to encrypt for, and open nothing. Put them into .env.local:",
    "",
    `BACKUP_RECIPIENT=${await identityToRecipient(rows)}`,
    `BACKUP_SECRETS_RECIPIENT=${await identityToRecipient(secrets)}`,
  ].join("\n");
}
