/**
 * `npm run move [-- demo]`, with MOVE_TO set to a database's URL: from our own PostgreSQL in the data folder to an empty database of a server, while
 * Cardesk is stopped. DATABASE_OWNER_URL names the role that is to own the tables, as for a start. Ends with both databases as
 * they were, or with the new one whole and the old one closed.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { chainKeys } from "../../lib/audit-chain/index.ts";
import { describeReport } from "../audit/describe-report.ts";
import { lockDataFolder } from "../launcher/data-lock.ts";
import { postgresPasswords } from "../launcher/secrets.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { migrate } from "../postgres/migrate.ts";
import { type Postgres, startPostgres } from "../postgres/start-postgres.ts";
import { readCommandLine } from "../process/command-line.ts";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { checkArchive, readArchive, writeArchive } from "./archive.ts";
import { commandFolder, folderSecrets, keptSecrets, loadEnvFiles } from "./backup-env.ts";
import { dumpDatabase } from "./dump-database.ts";
import { type Restored, restoreDatabase } from "./restore-database.ts";

const usage = [
  "Usage: MOVE_TO=postgres://user:password@host/database npm run move [-- demo]",
  "",
  "Moves everything from the data folder's own PostgreSQL to an empty database of a server, while Cardesk is stopped.",
  "Variables: DATABASE_OWNER_URL, the role that is to own the tables, if it is another; DATA_DIR, as for npm start.",
].join("\n");

try {
  const { demo, operands } = readCommandLine(process.argv.slice(2), { usage, mostOperands: 1 });
  loadEnvFiles();
  const url = targetUrl(operands[0]);
  if (process.env.DATABASE_URL)
    throw new LaunchError(
      "DATABASE_URL is set: Cardesk's database is on a server already. Unset it to move one of a data folder.",
    );
  await move({ url, ownerUrl: process.env.DATABASE_OWNER_URL || url }, demo);
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

/** As an argument only without a password: npm prints and logs arguments, and anybody on the machine can list them. */
function targetUrl(given: string | undefined): string {
  if (given && !/^postgres(ql)?:\/\//.test(given)) throw new LaunchError(`This is no database's URL.\n${usage}`);
  if (given && /:\/\/[^/]*:[^/]*@|[?&]password=/.test(given))
    throw new LaunchError("A password is no argument of a command: set MOVE_TO to the database's URL instead.");
  const url = process.env.MOVE_TO || given;
  if (!url) throw new LaunchError(`MOVE_TO is not set: the new database's URL.\n${usage}`);
  return url;
}

async function move(target: { url: string; ownerUrl: string }, demo: boolean): Promise<void> {
  const folder = commandFolder(demo);
  const secrets = folderSecrets(folder);
  if (!existsSync(join(folder, "pg"))) throw new LaunchError(`${folder} holds no database of its own.`);
  // No console may write to what is being moved.
  const lock = lockDataFolder(folder);
  try {
    const postgres = await startPostgres({ folder, passwords: postgresPasswords(secrets) });
    try {
      const moved = await copy(folder, postgres, target);
      await close(postgres);
      console.log(wordsFor(moved, folder));
    } finally {
      await postgres.stop();
    }
  } finally {
    lock.release();
  }
}

/** By way of a file, encrypted with a key that nobody else has: the server gets only what was read whole. */
async function copy(folder: string, postgres: Postgres, target: { url: string; ownerUrl: string }): Promise<Restored> {
  const path = join(folder, "moving.backup");
  const key = await generateIdentity();
  await migrate(postgres.ownerUrl);
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const recipients = [await identityToRecipient(key)];
    await writeArchive(path, { parts: dumpDatabase(client), recipients, replace: true });
    const archive = await checkArchive(path, key);
    const keys = chainKeys(keptSecrets(folder).APP_KEYS);
    const moved = await restoreDatabase({
      ownerUrl: target.ownerUrl,
      archive,
      parts: readArchive(path, key),
      keys,
      moved: true,
    });
    if (target.ownerUrl !== target.url) await grantToApp(target.ownerUrl, target.url);
    return moved;
  } finally {
    await client.end();
    rmSync(path, { force: true });
  }
}

/** From now on no console starts on the old one: two would each send for themselves. */
async function close(postgres: Postgres): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("update drizzle.cardesk_kind set kind = 'moved'");
  } finally {
    await client.end();
  }
}

function wordsFor({ tables, rows, audit }: Restored, folder: string): string {
  return [
    `Moved: ${rows} rows of ${tables} tables, each table as long as it was.`,
    describeReport(audit),
    "",
    "Set DATABASE_URL to the server's (and DATABASE_OWNER_URL, if you gave one), keep DATA_DIR as it is, and start.",
    `No console starts on the old database any more. Once you are content, remove ${join(folder, "pg")}; secrets.json stays.`,
  ].join("\n");
}
