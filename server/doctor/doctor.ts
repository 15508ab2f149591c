/**
 * `npm run doctor [-- demo]`: is this installation in order? One line for each thing, with what to do beside it. Beside a
 * running console, or without one. Ends with 1 if something must be mended; warnings alone end with 0. Changes nothing.
 */
import { existsSync, statfsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Env, EnvError, parseEnv } from "../../lib/core/env.ts";
import journal from "../../lib/db/migrations/meta/_journal.json" with { type: "json" };
import { checkOf, judgeFacts, newestMigration, readFacts } from "../../lib/doctor/index.ts";
import type { Check } from "../../lib/doctor/types.ts";
import { openDatabase } from "../audit/open-database.ts";
import { commandFolder, folderSecrets, loadEnvFiles } from "../backup/backup-env.ts";
import { postgresPasswords } from "../launcher/secrets.ts";
import { readCommandLine } from "../process/command-line.ts";
import { printError } from "../process/print-error.ts";
import { checkPort } from "./check-port.ts";
import { checkUpstreams, configuredUpstreams } from "./check-upstreams.ts";
import { lineOf } from "./line-of.ts";

const usage = [
  "Usage: npm run doctor [-- demo]",
  "",
  "Is this installation in order? One line for each thing, with what to do. Changes nothing. Ends with 1 if something must be mended.",
  "  demo  the data folder is the demo's (.data-demo), unless DATA_DIR names one",
].join("\n");

try {
  const { demo } = readCommandLine(process.argv.slice(2), { usage });
  loadEnvFiles();
  const checks: Check[] = [];
  for await (const check of examine(demo)) {
    checks.push(check);
    console.log(lineOf(check));
  }
  process.exitCode = checks.some(({ state }) => state === "fail") ? 1 : 0;
} catch (error) {
  printError(error);
  process.exitCode = 1;
}

async function* examine(demo: boolean): AsyncGenerator<Check> {
  const given = readVariables(demo);
  if ("error" in given) {
    // Without them nothing below is about this installation.
    yield checkOf("variables", ["fail", "variables_bad"], given);
    return;
  }
  yield checkOf("variables", ["ok", "variables_ok"]);
  yield await checkPort(given.env);
  yield* await checkDatabase(given.env, demo);
  yield* await checkUpstreams(given.env);
}

function readVariables(demo: boolean): { env: Env } | { error: string } {
  try {
    return { env: parseEnv(demo ? { ...process.env, DEMO_USERS: undefined } : process.env) };
  } catch (error) {
    if (error instanceof EnvError) return { error: error.message };
    throw error;
  }
}

/** What the health page shows too. */
async function checkDatabase(env: Env, demo: boolean): Promise<Check[]> {
  try {
    const folder = commandFolder(demo);
    const database = await openDatabase(folder, {
      external: env.DATABASE_URL,
      passwords: () => postgresPasswords(folderSecrets(folder)),
    });
    const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 15_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return judgeFacts(await readFacts((text) => client.query(text), folder), {
        now: new Date(),
        newestMigration: newestMigration(journal),
        configured: configuredUpstreams(env).map(({ upstream }) => upstream),
        syncSeconds: env.SYNC_INTERVAL_SECONDS,
        disk: diskOf(folder, env),
      });
    } finally {
      await client.end().catch(() => undefined);
      await database.close();
    }
  } catch (error) {
    return [checkOf("database", ["fail", "database_away"], { error: (error as Error).message.replace(/[.。]$/, "") })];
  }
}

function diskOf(folder: string, { DATABASE_URL, DISK_RESERVE_MB }: Env) {
  const cluster = join(folder, "pg");
  if (DATABASE_URL || !existsSync(cluster)) return null;
  const { blocks, bavail, bsize } = statfsSync(cluster);
  return blocks > 0 ? { freeBytes: bavail * bsize, reserveBytes: DISK_RESERVE_MB * 2 ** 20 } : null;
}
