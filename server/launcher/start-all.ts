import { closeSync, existsSync, openSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Env, EnvError, parseEnv } from "../../lib/core/env.ts";
import { buildConsole } from "../build/build-console.ts";
import { parseTrustedProxies } from "../gate/trusted-proxies.ts";
import { checkServer } from "../postgres/check-server.ts";
import { claimDatabase } from "../postgres/claim-database.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { migrate } from "../postgres/migrate.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { diskFull, isDiskFull, requireSpace } from "../process/disk-full.ts";
import { ConfigurationError, LaunchError } from "../process/launch-error.ts";
import { stopProcess } from "../process/stop-process.ts";
import type { Supervised } from "../process/supervise.ts";
import { checkAppKeys } from "./check-app-keys.ts";
import { checkFirstAdmin } from "./check-first-admin.ts";
import { consoleEnv } from "./console-env.ts";
import { dataFolder } from "./data-folder.ts";
import { lockDataFolder } from "./data-lock.ts";
import { freePort } from "./free-port.ts";
import { listenAddress } from "./listen-address.ts";
import type { Mode } from "./mode.ts";
import { scheduleBackups } from "./schedule-backups.ts";
import { loadSecrets, postgresPasswords, type Secrets } from "./secrets.ts";
import { startConsole } from "./start-console.ts";
import type { SandboxProcess, startSandboxProcess } from "./start-sandbox-process.ts";
import { stopTimes } from "./stop-times.ts";

export type StartOptions = {
  mode: Mode;
  /** Keep the console's log out of our output, in a file in the data folder. */
  logToFile: boolean;
  log: (line: string) => void;
  onSetupLink: (link: string) => void;
  /** A process was started and is not ready yet. */
  onSpawn: (what: "web" | "sandbox", pid: number) => void;
  onRestart: (what: "web" | "postgres" | "sandbox", pid: number) => void;
  onLost: (error: Error) => void;
  signal: AbortSignal;
  /** Everything started registers here how to end it; the last one registered is ended first. */
  atStop: (end: () => Promise<void> | void) => void;
};

export type Started = {
  url: string;
  dataDir: string;
  logFile: string | undefined;
  user: string | undefined;
  password: string | undefined;
  sandbox: SandboxProcess | undefined;
  databaseUrl: string;
  databaseOwnerUrl: string;
  web: Supervised;
  postgresPid: number | undefined;
};

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Start everything in order: data folder, database, sandbox, build, console. Throws {@link LaunchError}. */
export async function startAll(options: StartOptions): Promise<Started> {
  const given = readEnv(options.mode);
  const dataDir = dataFolder(root, process.env.DATA_DIR, options.mode !== "start");
  try {
    requireSpace(dataDir);
    return await startIn(dataDir, given, options);
  } catch (error) {
    throw !(error instanceof LaunchError) && isDiskFull(error) ? diskFull(dataDir) : error;
  }
}

async function startIn(dataDir: string, given: Env, options: StartOptions): Promise<Started> {
  const { mode, atStop, signal } = options;
  const demo = mode !== "start";
  const host = listenAddress({
    host: process.env.HOST || undefined,
    appUrl: given.APP_URL,
    allowPlainHttp: given.ALLOW_PLAIN_HTTP,
  });

  const lock = lockDataFolder(dataDir);
  atStop(() => lock.release());
  // What a killed launcher left behind ends by itself soon, but it must not hold the port or folder we are about to use.
  await Promise.all(lock.leftovers.map((identity) => stopProcess(identity, "SIGTERM", 10_000)));
  const port = await freePort(host, given.PORT);
  const secrets = loadSecrets(dataDir);
  signal.throwIfAborted();

  const database = await startDatabase(dataDir, given, secrets, options);
  await checkServer(database.ownerUrl, { mustBeDurable: !demo, log: options.log });
  await migrate(database.ownerUrl);
  await claimDatabase(database.ownerUrl, demo ? "sandbox" : "real");
  if (database.ownerUrl !== database.url) {
    await grantToApp(database.ownerUrl, database.url);
    // It may lead there by another way, as through a pooler.
    await checkServer(database.url, { mustBeDurable: !demo, log: () => {} });
  }
  const lost = given.LOST_APP_KEYS?.split(",") ?? [];
  await checkAppKeys(database.url, { appKeys: given.APP_KEYS ?? secrets.APP_KEYS, lost });
  await checkFirstAdmin(database.url, { ...given, DEMO_USERS: demo || given.DEMO_USERS });
  signal.throwIfAborted();

  // Recorded as soon as they exist: also a launcher killed during its start leaves no unknown process behind.
  const pids = new Map<string, number>();
  const child = (name: "web" | "sandbox") => ({
    onGiveUp: options.onLost,
    onSpawn: (pid: number) => {
      pids.set(name, pid);
      lock.recordChildren([...pids.values()]);
      options.onSpawn(name, pid);
    },
    onRestart: (pid: number) => options.onRestart(name, pid),
  });

  const sandbox = demo ? await startSandbox(dataDir, secrets.SANDBOX_TOKEN, child("sandbox")) : undefined;
  if (sandbox) atStop(() => sandbox.stop(5_000));
  signal.throwIfAborted();
  if (mode !== "dev") await buildConsole(root, options.log, signal);
  signal.throwIfAborted();

  const env = consoleEnv({
    mode,
    secrets,
    sandbox,
    dataDir,
    databaseUrl: database.url,
    databaseFolder: database.folder,
    host,
    port,
  });
  const logFile = options.logToFile ? join(dataDir, "console.log") : undefined;
  const output = logFile ? openLog(logFile) : ("inherit" as const);
  if (output !== "inherit") atStop(() => closeSync(output));
  const web = await startConsole({ env, host, port, output, onSetupLink: options.onSetupLink, ...child("web") });
  atStop(() => web.stop(stopTimes(given).consoleMs));
  atStop(scheduleBackups({ given, env, url: database.url, log: options.log }));

  return {
    url: given.APP_URL ?? `http://localhost:${port}`,
    dataDir,
    logFile,
    user: env.ADMIN_USER,
    password: env.ADMIN_PASSWORD,
    sandbox,
    databaseUrl: database.url,
    databaseOwnerUrl: database.ownerUrl,
    web,
    postgresPid: database.pid(),
  };
}

/** Loaded for the demo alone: an installation for real may be without it. */
const startSandbox: typeof startSandboxProcess = async (...args) =>
  (await import("./start-sandbox-process.ts")).startSandboxProcess(...args);

/** The operator's variables. The demo's own users and sandbox come later, and are nobody else's to configure. */
function readEnv(mode: Mode): Env {
  const given = Object.entries(process.env).filter(([, value]) => value);
  const [sandboxOnly] = given.find(([name]) => name.startsWith("SANDBOX_")) ?? [];
  if (mode === "start" && sandboxOnly) {
    throw new ConfigurationError(`Bad configuration. ${sandboxOnly}: only for the demo, which npm start is not`);
  }
  try {
    parseTrustedProxies(process.env.TRUST_PROXY ?? "");
    return parseEnv(mode === "start" ? process.env : { ...process.env, DEMO_USERS: undefined });
  } catch (error) {
    throw error instanceof EnvError || error instanceof RangeError ? new ConfigurationError(error.message) : error;
  }
}

async function startDatabase(folder: string, given: Env, secrets: Secrets, options: StartOptions) {
  if (given.DATABASE_URL) {
    const ownerUrl = given.DATABASE_OWNER_URL ?? given.DATABASE_URL;
    return { url: given.DATABASE_URL, ownerUrl, folder: undefined, pid: () => undefined };
  }
  const postgres = await startPostgres({
    folder,
    passwords: postgresPasswords(secrets),
    log: options.log,
    onLost: options.onLost,
    onRestart: () => options.onRestart("postgres", postgres.pid() ?? 0),
  });
  options.atStop(() => postgres.stop());
  return { ...postgres, folder: join(folder, "pg") };
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > 20 * 1024 * 1024) truncateSync(path, 0);
  return openSync(path, "a", 0o600);
}
