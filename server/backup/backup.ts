/**
 * `npm run backup -- FILE [demo] [--force] [--no-restore]`: everything the console has stored, as it is at one moment, into
 * an encrypted file, and the secrets into another beside it; while the console runs, or while it is stopped. Then the file
 * is read back and restored into a throw-away PostgreSQL. `npm run backup -- --new-keys` makes the keys for it.
 */
import { resolve } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { openDatabase } from "../audit/open-database.ts";
import { postgresPasswords } from "../launcher/secrets.ts";
import { readCommandLine } from "../process/command-line.ts";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { commandFolder, folderSecrets, keptSecrets, loadEnvFiles, recipients } from "./backup-env.ts";
import { type Taken, takeBackup } from "./take-backup.ts";

const usage = [
  "Usage: npm run backup -- FILE [demo] [--force] [--no-restore]",
  "       npm run backup -- --new-keys",
  "",
  "Writes FILE and FILE.secrets, beside a running Cardesk or without one, and tries FILE by a restore into a throw-away PostgreSQL.",
  "  demo          the data folder is the demo's (.data-demo), unless DATA_DIR names one",
  "  --force       FILE may be there already and is replaced",
  "  --no-restore  only read FILE back: quicker, and less certain",
  "  --new-keys    make the keys for it and show them once",
  "Variables: BACKUP_RECIPIENT and BACKUP_SECRETS_RECIPIENT; DATA_DIR or DATABASE_URL, as for npm start.",
].join("\n");

// As an exit like any other, so that what lies in temporary folders goes.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  const line = readCommandLine(process.argv.slice(2), {
    usage,
    flags: ["force", "no-restore", "new-keys"],
    mostOperands: 1,
  });
  loadEnvFiles();
  console.log(line.flags["new-keys"] ? await newKeys() : wordsFor(await run(line)));
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

type Line = { demo: boolean; flags: { force: boolean; "no-restore": boolean }; operands: readonly string[] };

async function run({ demo, flags, operands: [file] }: Line): Promise<Taken> {
  if (!file) throw new LaunchError(usage);
  const to = recipients();
  const folder = commandFolder(demo);
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
      replace: flags.force,
      restore: !flags["no-restore"],
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
