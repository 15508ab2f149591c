/**
 * `npm run audit:verify [-- demo]`: check the audit against its HMACs and against the heads noted in the data folder.
 * Says in words what it found; ends with 1 when a record was changed, removed or added, or nothing could be checked.
 * It writes nothing, and runs beside a running console as well as without one.
 */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type ChainReport, chainKeys, chainSource, readHeads, verifyChain } from "../../lib/audit-chain/index.ts";
import { dataFolderPath } from "../launcher/data-folder.ts";
import { loadSecrets, postgresPasswords, type Secrets } from "../launcher/secrets.ts";
import { readCommandLine } from "../process/command-line.ts";
import { LaunchError } from "../process/launch-error.ts";
import { printError } from "../process/print-error.ts";
import { describeReport } from "./describe-report.ts";
import { openDatabase } from "./open-database.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const usage = [
  "Usage: npm run audit:verify [-- demo]",
  "",
  "Is the audit as it was written? Writes nothing. Ends with 1 if a record was changed, removed or added, or nothing could be checked.",
  "  demo  the data folder is the demo's (.data-demo), unless DATA_DIR names one",
].join("\n");

try {
  const { demo } = readCommandLine(process.argv.slice(2), { usage });
  loadEnvFiles();
  const report = await verify(demo);
  console.log(describeReport(report));
  process.exitCode = report.fault ? 1 : 0;
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function verify(demo: boolean): Promise<ChainReport> {
  const path = dataFolderPath(root, process.env.DATA_DIR || undefined, demo);
  const folder = existsSync(path) ? realpathSync(path) : path;
  const keys = chainKeys(process.env.APP_KEYS || keptSecrets(folder).APP_KEYS);
  const heads = await readHeads(folder);
  const database = await openDatabase(folder, {
    external: process.env.DATABASE_URL || undefined,
    passwords: () => postgresPasswords(keptSecrets(folder)),
  });
  try {
    const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 15_000 });
    client.on("error", () => undefined);
    await client.connect().catch((error: Error) => {
      throw new LaunchError(`The database cannot be reached: ${error.message}.`);
    });
    try {
      return await verifyChain(
        chainSource((text, values) => client.query(text, values)),
        { keys, heads },
      );
    } finally {
      await client.end();
    }
  } finally {
    await database.close();
  }
}

/** Read only where there are some: a folder that is not Cardesk's gets no secrets of its own. */
function keptSecrets(folder: string): Secrets {
  if (!existsSync(join(folder, "secrets.json")))
    throw new LaunchError(
      `${folder} holds no data of Cardesk, and APP_KEYS is not set: set DATA_DIR to its folder (for the demo's, add the word demo).`,
    );
  return loadSecrets(folder);
}

/** The same files the launcher reads. */
function loadEnvFiles(): void {
  for (const name of [".env.local", ".env"]) {
    const path = join(root, name);
    if (existsSync(path)) process.loadEnvFile(path);
  }
}
