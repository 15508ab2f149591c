import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { LaunchError } from "./launch-error.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { ensureCluster, postgresEnv } from "./postgres-cluster.ts";
import { clearLeftover, clusterNamePrefix } from "./postgres-leftover.ts";
import { canReach, postgresUser, type SystemUser } from "./postgres-user.ts";
import { identityOf } from "./process-identity.ts";
import { socketFolder } from "./socket-folder.ts";
import { stopProcess } from "./stop-process.ts";
import { waitUntil } from "./wait-until.ts";

export type Postgres = {
  /** Connection string of the console's own database, as a role that owns it and nothing else. */
  readonly url: string;
  /** Connection string of PostgreSQL's superuser, for the tests' own databases. */
  readonly adminUrl: string;
  pid(): number | undefined;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** The data folder; PostgreSQL's own files go into its `pg`, the socket into its `run`. */
  folder: string;
  /** Extra settings, e.g. `fsync: "off"` for tests. */
  settings?: Record<string, string>;
  /** PostgreSQL went away and keeps doing so: it was not restarted any more. */
  onLost?: (error: Error) => void;
  /** It went away and is back, under a new process id. */
  onRestart?: () => void;
};

const defaults = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "60",
  shared_buffers: "64MB",
  work_mem: "8MB",
  maintenance_work_mem: "32MB",
  max_wal_size: "512MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  io_method: "sync",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_min_messages: "warning",
};

const largestLog = 5 * 1024 * 1024;

/**
 * Start the private PostgreSQL of a data folder, on a unix socket only its user can reach, and keep it running: when it
 * dies while we live it is started again, and when we die it is stopped. Throws {@link LaunchError}.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  await mkdir(options.folder, { recursive: true });
  const folder = realpathSync(resolve(options.folder));
  const dataDir = join(folder, "pg");
  const user = postgresUser(dataDir);
  if (user && !canReach(folder, user)) throw unreachable(folder, user);
  const native = postgresBinaries(user);
  await clearLeftover(dataDir);
  await ensureCluster(dataDir, native, user);
  const sockets = socketFolder(folder, user);
  const url = (role: string, database: string) =>
    `postgresql://${role}@localhost/${database}?host=${encodeURIComponent(sockets)}`;
  const adminUrl = url("postgres", "postgres");

  const watchdog = spawn(process.execPath, [fileURLToPath(new URL("postgres-watchdog.ts", import.meta.url))], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.on("error", () => undefined);
  watchdog.stdin.on("error", () => undefined);

  let stopping = false;
  let current: ChildProcess | undefined;
  const boot = async () => {
    current = spawnPostgres({ dataDir, native, sockets, user, log: join(folder, "postgres.log"), ...options });
    const started = current;
    watchdog.stdin.write(`${identityOf(started.pid ?? 0) ?? ""}\n`);
    await untilReady(started, adminUrl, join(folder, "postgres.log"));
    started.once("exit", () => {
      if (!stopping) void bringBack();
    });
  };
  const bringBack = async () => {
    for (const pause of [200, 1_000, 2_000, 5_000, 10_000]) {
      await delay(pause);
      if (stopping) return;
      try {
        await clearLeftover(dataDir);
        await boot();
        options.onRestart?.();
        return;
      } catch (error) {
        if (pause === 10_000) options.onLost?.(error as Error);
      }
    }
  };

  const stop = async () => {
    stopping = true;
    const identity = current?.pid && current.exitCode === null ? identityOf(current.pid) : undefined;
    // SIGINT is PostgreSQL's "fast" shutdown: connections are ended, everything is written down.
    if (identity) await stopProcess(identity, "SIGINT", 60_000);
    watchdog.stdin.end();
  };

  try {
    await boot();
    await ensureDatabase(adminUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: url("cardesk", "cardesk"), adminUrl, pid: () => current?.pid, stop };
}

type Boot = Pick<PostgresOptions, "settings"> & {
  dataDir: string;
  native: string;
  sockets: string;
  user: SystemUser | undefined;
  log: string;
};

function spawnPostgres({ dataDir, native, sockets, user, log, settings }: Boot): ChildProcess {
  const all: Record<string, string> = {
    ...defaults,
    ...settings,
    unix_socket_directories: sockets,
    cluster_name: `${clusterNamePrefix}${identityOf(process.pid) ?? process.pid}`,
  };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  if (existsSync(log) && statSync(log).size > largestLog) truncateSync(log, 0);
  const output = openSync(log, "a", 0o600);
  try {
    return spawn(join(native, "bin", "postgres"), ["-D", dataDir, ...words], {
      cwd: "/",
      env: postgresEnv,
      stdio: ["ignore", output, output],
      // Its own group, so that a Ctrl-C in the terminal does not reach it before the console is done with it.
      detached: true,
      ...user,
    });
  } finally {
    closeSync(output);
  }
}

async function untilReady(child: ChildProcess, adminUrl: string, log: string): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  // Crash recovery after a kill may take a while; a refused start exits at once.
  const ready = await waitUntil(
    async () =>
      failure !== undefined || child.exitCode !== null || child.signalCode !== null || (await answers(adminUrl)),
    120_000,
  );
  if (ready && !failure && child.exitCode === null && child.signalCode === null) return;
  const last = failure?.message ?? readFileSync(log, "utf8").trim().split("\n").slice(-4).join(" ");
  throw new LaunchError(`PostgreSQL did not start: ${last}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The console's role and database: a plain role, so that a hole in a query is not a hole into the machine. */
async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'cardesk'");
    if (role.rowCount === 0) await client.query("create role cardesk login");
    const database = await client.query("select 1 from pg_database where datname = 'cardesk'");
    if (database.rowCount === 0) await client.query("create database cardesk owner cardesk");
  } finally {
    await client.end();
  }
}

function unreachable(folder: string, user: SystemUser): LaunchError {
  return new LaunchError(
    `PostgreSQL may not run as root, and the user it then runs as (uid ${user.uid}) cannot reach ${folder}: ` +
      "set DATA_DIR to a folder it can reach, such as /var/lib/cardesk, or run Cardesk as an ordinary user.",
  );
}
