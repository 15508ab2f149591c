import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { diskFull, isShortOfSpace, saysDiskFull } from "../process/disk-full.ts";
import { LaunchError } from "../process/launch-error.ts";
import { identityOf } from "../process/process-identity.ts";
import { supervise } from "../process/supervise.ts";
import { waitUntil } from "../process/wait-until.ts";
import { appRole, ensureAccess, ownerRole, type PostgresPasswords, prepareAccess } from "./postgres-access.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { ensureCluster, postgresEnv } from "./postgres-cluster.ts";
import { lockFilesOf } from "./postgres-lock-files.ts";
import { clearOrphan, clusterNamePrefix } from "./postgres-orphan.ts";
import { canReach, giveTo, postgresUser, type SystemUser } from "./postgres-user.ts";
import { socketFolder } from "./socket-folder.ts";

export type Postgres = {
  /** Connection string of the console's own database, as the role the running console has. */
  readonly url: string;
  /** The same database, as the role that owns it and nothing else: for migrations. */
  readonly ownerUrl: string;
  /** Connection string of PostgreSQL's superuser, for the tests' own databases. */
  readonly adminUrl: string;
  pid(): number | undefined;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** The data folder; PostgreSQL's own files go into its `pg`, the socket into its `run`. */
  folder: string;
  passwords: PostgresPasswords;
  /** Extra settings, e.g. `fsync: "off"` for tests. */
  settings?: Record<string, string>;
  /** What the operator should know of repairs. */
  log?: (line: string) => void;
  /** PostgreSQL ends again and again; it is not restarted any more. */
  onLost?: (error: Error) => void;
  /** It ended and is back, under a new process id. */
  onRestart?: () => void;
};

const defaults = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "60",
  // A statement whose console has gone, or no longer waits, ends.
  client_connection_check_interval: "2s",
  // What is not in these is in the system's cache, which is given back when others need it.
  shared_buffers: "32MB",
  work_mem: "8MB",
  maintenance_work_mem: "32MB",
  max_wal_size: "512MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  io_method: "sync",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_min_messages: "warning",
};

const largestLog = 5 * 1024 * 1024;
const readyMs = 120_000;
const stopMs = 60_000;

/**
 * Start the private PostgreSQL of a data folder, on a unix socket only its user can reach, and keep it running: when it
 * dies it is restarted, and when we die it is stopped. Throws {@link LaunchError}.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  await mkdir(options.folder, { recursive: true });
  const folder = realpathSync(resolve(options.folder));
  const dataDir = join(folder, "pg");
  const user = postgresUser(dataDir);
  if (user && !canReach(folder, user)) throw unreachable(folder, user);
  const native = postgresBinaries(user);
  const sockets = socketFolder(folder, user);
  const lockFiles = lockFilesOf(dataDir, sockets);
  const { passwords } = options;
  const prepare = async () => {
    await clearOrphan({ dataDir, lockFiles, log: options.log ?? (() => undefined) });
    takeOver(dataDir, sockets, user);
    prepareAccess(dataDir, user, passwords);
  };
  await ensureCluster(dataDir, native, user);
  const url = (role: string, password: string, database: string) =>
    `postgresql://${role}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(sockets)}`;
  const adminUrl = url("postgres", passwords.superuser, "postgres");

  const log = join(folder, "postgres.log");
  let logStart = 0;
  const watchdog = startWatchdog();
  const stopWatchdog = () => watchdog.stdin.end();

  try {
    const server = await supervise({
      name: "PostgreSQL",
      prepare,
      spawn: () => {
        logStart = makeRoomInLog(log);
        return spawnPostgres({ dataDir, native, sockets, user, log, settings: options.settings });
      },
      untilReady: (child) => untilReady(child, adminUrl),
      // PostgreSQL's "fast" shutdown: connections are ended, everything is written to disk.
      stopSignal: "SIGINT",
      describeEnd: (how) => startFailure(folder, readFileSync(log).subarray(logStart).toString(), how),
      onSpawn: (pid) => watchdog.stdin.write(`${identityOf(pid) ?? ""}\n`),
      onRestart: () => options.onRestart?.(),
      onGiveUp: (error) => options.onLost?.(error),
    });
    const stop = async () => {
      await server.stop(stopMs);
      stopWatchdog();
    };
    try {
      await ensureAccess((role, password) => url(role, password, "postgres"), { dataDir, user, passwords });
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      url: url(appRole, passwords.app, "cardesk"),
      ownerUrl: url(ownerRole, passwords.owner, "cardesk"),
      adminUrl,
      pid: server.pid,
      stop,
    };
  } catch (error) {
    stopWatchdog();
    throw error;
  }
}

/** Ends PostgreSQL when this process is gone without having done so. */
function startWatchdog() {
  const watchdog = spawn(process.execPath, [fileURLToPath(new URL("postgres-watchdog.ts", import.meta.url))], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.on("error", () => undefined);
  watchdog.stdin.on("error", () => undefined);
  return watchdog;
}

type Server = Pick<PostgresOptions, "settings"> & {
  dataDir: string;
  native: string;
  sockets: string;
  user: SystemUser | undefined;
  log: string;
};

/** Empty a log that has grown too large; the length of what is in it. */
function makeRoomInLog(log: string): number {
  if (!existsSync(log)) return 0;
  const { size } = statSync(log);
  if (size <= largestLog) return size;
  truncateSync(log, 0);
  return 0;
}

function spawnPostgres({ dataDir, native, sockets, user, log, settings }: Server): ChildProcess {
  const all: Record<string, string> = {
    ...defaults,
    ...settings,
    unix_socket_directories: sockets,
    cluster_name: `${clusterNamePrefix}${identityOf(process.pid) ?? process.pid}`,
  };
  const argv = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(log, "a", 0o600);
  try {
    return spawn(join(native, "bin", "postgres"), ["-D", dataDir, ...argv], {
      cwd: "/",
      env: postgresEnv,
      stdio: ["ignore", output, output],
      // Its own process group: Ctrl-C in the terminal must not reach it before the console has finished with it.
      detached: true,
      ...user,
    });
  } finally {
    closeSync(output);
  }
}

/** Crash recovery after a kill may take a while; a refused start ends at once. */
async function untilReady(child: ChildProcess, adminUrl: string): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (await waitUntil(async () => hasEnded() || (await answers(adminUrl)), readyMs)) return;
  throw new LaunchError(`PostgreSQL started but does not answer. Its log is postgres.log in the data folder.`);
}

function startFailure(folder: string, logged: string, how: string): LaunchError {
  if (saysDiskFull(logged) || isShortOfSpace(folder)) return diskFull(folder);
  const last = logged.trim().split("\n").slice(-4).join(" ");
  return new LaunchError(`PostgreSQL did not start: ${last || how}`);
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

/** As root: files that belong to "nobody", from a version that ran PostgreSQL as that, become its own user's. */
function takeOver(dataDir: string, sockets: string, user: SystemUser | undefined): void {
  if (!user || statSync(dataDir).uid === user.uid) return;
  giveTo(sockets, user);
  giveTo(dataDir, user);
}

function unreachable(folder: string, user: SystemUser): LaunchError {
  return new LaunchError(
    `PostgreSQL may not run as root, and the user it then runs as (uid ${user.uid}) cannot reach ${folder}: ` +
      "set DATA_DIR to a folder it can reach, such as /var/lib/cardesk, or run Cardesk as an ordinary user.",
  );
}
