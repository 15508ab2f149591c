import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { basename } from "node:path";
import { LaunchError } from "../process/launch-error.ts";
import { commandOf, identityOf, isAlive, isSameProcess, parentOf } from "../process/process-identity.ts";
import { stopProcess } from "../process/stop-process.ts";
import { waitUntil } from "../process/wait-until.ts";
import { type LockFile, readLockFile, removeLockFile } from "./postgres-lock-files.ts";

/** PostgreSQL carries its launcher's identity in this setting, which tells an orphan from one that is supervised. */
export const clusterNamePrefix = "cardesk-";

export type ClearOptions = {
  dataDir: string;
  lockFiles: string[];
  log: (line: string) => void;
};

/**
 * Make way for a start in `dataDir`. The orphan of a dead launcher is shut down; a PostgreSQL that somebody supervises
 * is left alone and refused with {@link LaunchError}. Once no process holds the folder, lock files that would stop the
 * start are removed: damaged ones, and those whose number belongs to another program, or may soon: in a container, where numbers begin
 * anew with each start, one of ours gets it before PostgreSQL looks.
 */
export async function clearOrphan({ dataDir, lockFiles, log }: ClearOptions): Promise<void> {
  const postmaster = postmasterOf(dataDir, lockFiles.map(readLockFile));
  if (postmaster !== undefined) await stopOrphan(postmaster, dataDir);
  // Backends of a killed PostgreSQL notice within moments; a new one will not start beside them.
  if (!(await waitUntil(() => processesOn(dataDir).length === 0, 15_000))) {
    throw new LaunchError(`PostgreSQL (process ${processesOn(dataDir)[0]}) still works in ${dataDir}: end it first.`);
  }
  for (const path of lockFiles) {
    const file = readLockFile(path);
    if (file.state === "damaged") log(`${path} was damaged. No PostgreSQL runs there, so it was removed.`);
    // Where not all its processes are seen, PostgreSQL needs the file to look for those that are left.
    if (file.state === "damaged" || (file.state === "names" && (seesAll() || isAlive(file.pid)))) removeLockFile(path);
  }
}

/** The PostgreSQL server on `dataDir`: named by a lock file, or found by its working folder when they are damaged. */
function postmasterOf(dataDir: string, lockFiles: LockFile[]): number | undefined {
  const named = lockFiles.flatMap((file) => (file.state === "names" ? file.pid : []));
  const found = processesOn(dataDir);
  // A backend that was forked a moment ago still has its server's command line.
  const servers = found.filter((pid) => !found.includes(parentOf(pid) ?? 0));
  return [...named, ...servers].find((pid) => isAlive(pid) && isPostgresOn(pid, dataDir));
}

async function stopOrphan(pid: number, dataDir: string): Promise<void> {
  const launcher = launcherOf(pid);
  if (!launcher || isSameProcess(launcher)) {
    throw new LaunchError(
      `PostgreSQL (process ${pid}) is already running on ${dataDir}${launcher ? " for another Cardesk" : ""}: ` +
        "stop it first, or choose another folder with DATA_DIR.",
    );
  }
  const identity = identityOf(pid);
  if (identity) await stopProcess(identity, "SIGINT", 60_000);
}

/** Whether this process is a PostgreSQL server that was started on this very folder. */
function isPostgresOn(pid: number, dataDir: string): boolean {
  const argv = commandOf(pid);
  if (argv.length === 1) return isServerOn(argv[0] ?? "", dataDir);
  const folder = argv[argv.indexOf("-D") + 1];
  return basename(argv[0] ?? "") === "postgres" && folder !== undefined && samePath(folder, dataDir);
}

function isServerOn(command: string, dataDir: string): boolean {
  return /\bpostgres\b/.test(command) && command.includes(`-D ${dataDir} `);
}

function launcherOf(pid: number): string | undefined {
  return commandOf(pid)
    .join(" ")
    .match(new RegExp(`cluster_name=${clusterNamePrefix}(\\S+)`))?.[1];
}

/**
 * PostgreSQL's processes on the folder. Linux shows them all by their working folder; elsewhere only the server itself
 * can be told by its command line, and PostgreSQL's own check of its shared memory has the last word.
 */
function processesOn(dataDir: string): number[] {
  if (!seesAll()) return serversOn(dataDir);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, dataDir) && /^(\S*\/)?postgres\b/.test(commandOf(pid).join(" ")));
}

const seesAll = (): boolean => existsSync("/proc/self/cwd");

function worksIn(pid: number, dataDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch {
    return false;
  }
}

function serversOn(dataDir: string): number[] {
  const list = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" });
  return list
    .split("\n")
    .filter((line) => isServerOn(line, dataDir))
    .map((line) => Number.parseInt(line, 10));
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
}
