import { closeSync, existsSync, openSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "../lib/core/env.ts";
import { buildConsole } from "./build-console.ts";
import { claimDatabase } from "./claim-database.ts";
import { consoleEnv } from "./console-env.ts";
import { dataFolder } from "./data-folder.ts";
import { lockDataFolder } from "./data-lock.ts";
import { freePort } from "./free-port.ts";
import { migrate } from "./migrate.ts";
import type { Mode } from "./mode.ts";
import { startPostgres } from "./postgres.ts";
import { type Sandbox, startSandbox } from "./sandbox-process.ts";
import { loadSecrets } from "./secrets.ts";
import { stopProcess } from "./stop-process.ts";
import type { Supervised } from "./supervise.ts";
import { startWeb } from "./web-process.ts";

export type StartOptions = {
  mode: Mode;
  /** Keep the console's log out of our output, in a file in the data folder. */
  logToFile: boolean;
  say: (line: string) => void;
  onSetupLink: (link: string) => void;
  /** A process was begun and is not ready yet. */
  onSpawn: (what: "web" | "sandbox", pid: number) => void;
  onRestart: (what: "web" | "postgres" | "sandbox", pid: number) => void;
  onLost: (error: Error) => void;
  signal: AbortSignal;
  /** Everything started registers its end here; they run last in, first out. */
  atStop: (stop: () => Promise<void> | void) => void;
};

export type Started = {
  url: string;
  dataDir: string;
  logFile: string | undefined;
  user: string | undefined;
  password: string | undefined;
  sandbox: Sandbox | undefined;
  databaseUrl: string;
  web: Supervised;
  postgresPid: number | undefined;
};

const root = fileURLToPath(new URL("..", import.meta.url));

/** How long the console may take to finish what is in flight before it is ended by force. */
const webGraceMs = 35_000;

/** Start everything in order: data folder, database, sandbox, build, console. Throws LaunchError or EnvError. */
export async function startAll(options: StartOptions): Promise<Started> {
  const { mode, atStop, signal } = options;
  const given = parseEnv(process.env);
  const demo = mode !== "start";
  const host = process.env.HOST || (demo ? "127.0.0.1" : "0.0.0.0");

  const dataDir = dataFolder(root, process.env.DATA_DIR, demo);
  const lock = lockDataFolder(dataDir);
  atStop(() => lock.release());
  // What a killed launcher left ends by itself soon; it must not hold the port or the folder we are about to use.
  await Promise.all(lock.leftovers.map((identity) => stopProcess(identity, "SIGTERM", 10_000)));
  const port = await freePort(host, given.PORT);
  const secrets = loadSecrets(dataDir);
  signal.throwIfAborted();

  const database = await startDatabase(dataDir, given.DATABASE_URL, options);
  await migrate(database.url);
  await claimDatabase(database.url, demo ? "sandbox" : "real");
  signal.throwIfAborted();

  // Noted from their first moment: a launcher killed during a start must leave nobody behind unknown.
  const pids = new Map<string, number>();
  const child = (name: "web" | "sandbox") => ({
    onGiveUp: options.onLost,
    onSpawn: (pid: number) => {
      pids.set(name, pid);
      lock.noteChildren([...pids.values()]);
      options.onSpawn(name, pid);
    },
    onRestart: (pid: number) => options.onRestart(name, pid),
  });

  const sandbox = demo ? await startSandbox(dataDir, secrets.SANDBOX_TOKEN, child("sandbox")) : undefined;
  if (sandbox) atStop(() => sandbox.stop(5_000));
  signal.throwIfAborted();
  if (mode !== "dev") await buildConsole(root, options.say, signal);
  signal.throwIfAborted();

  const env = consoleEnv({ mode, secrets, sandbox, dataDir, databaseUrl: database.url, host, port });
  const logFile = options.logToFile ? join(dataDir, "console.log") : undefined;
  const output = logFile ? openLog(logFile) : ("inherit" as const);
  if (output !== "inherit") atStop(() => closeSync(output));
  const web = await startWeb({ env, host, port, output, onSetupLink: options.onSetupLink, ...child("web") });
  atStop(() => web.stop(webGraceMs));

  return {
    url: given.APP_URL ?? `http://localhost:${port}`,
    dataDir,
    logFile,
    user: env.ADMIN_USER,
    password: env.ADMIN_PASSWORD,
    sandbox,
    databaseUrl: database.url,
    web,
    postgresPid: database.pid(),
  };
}

async function startDatabase(folder: string, external: string | undefined, options: StartOptions) {
  if (external) return { url: external, pid: () => undefined };
  const postgres = await startPostgres({
    folder,
    onLost: options.onLost,
    onRestart: () => options.onRestart("postgres", postgres.pid() ?? 0),
  });
  options.atStop(() => postgres.stop());
  return postgres;
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > 20 * 1024 * 1024) truncateSync(path, 0);
  return openSync(path, "a", 0o600);
}
