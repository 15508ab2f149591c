import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { LaunchError } from "./launch-error.ts";
import { commandOf, identityOf, isAlive, isSameProcess } from "./process-identity.ts";
import { stopProcess } from "./stop-process.ts";
import { waitUntil } from "./wait-until.ts";

/** PostgreSQL carries its launcher's identity in this setting, so an orphan can be told from one that is looked after. */
export const clusterNamePrefix = "cardesk-";

/**
 * Make way for a start in `dataDir`. An orphan of a dead launcher is shut down; a PostgreSQL somebody looks after is
 * left alone and refused with {@link LaunchError}; a stale postmaster.pid whose number now belongs to a stranger goes.
 */
export async function clearLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postmaster.pid");
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, "utf8"), 10) : 0;
  if (pid > 0 && isAlive(pid)) {
    const identity = identityOf(pid);
    if (identity && isPostgresOn(pid, dataDir)) await stopOrphan(identity, pid, dataDir);
    else if (!hasBackends(dataDir)) rmSync(pidFile, { force: true });
  }
  // Backends of a killed PostgreSQL notice within moments; it will not start beside them.
  await waitUntil(() => !hasBackends(dataDir), 15_000);
}

async function stopOrphan(identity: string, pid: number, dataDir: string): Promise<void> {
  const launcher = launcherOf(pid);
  if (!launcher || isSameProcess(launcher)) {
    throw new LaunchError(
      `PostgreSQL (process ${pid}) is already running on ${dataDir}${launcher ? " for another Cardesk" : ""}: ` +
        "stop it first, or choose another folder with DATA_DIR.",
    );
  }
  await stopProcess(identity, "SIGINT", 60_000);
}

/** Is this process a PostgreSQL server that was started on this very folder? */
export function isPostgresOn(pid: number, dataDir: string): boolean {
  const words = commandOf(pid);
  if (words.length === 1) return /\bpostgres\b/.test(words[0] ?? "") && (words[0] ?? "").includes(`-D ${dataDir} `);
  const folder = words[words.indexOf("-D") + 1];
  return basename(words[0] ?? "") === "postgres" && folder !== undefined && samePath(folder, dataDir);
}

function launcherOf(pid: number): string | undefined {
  return commandOf(pid)
    .join(" ")
    .match(new RegExp(`cluster_name=${clusterNamePrefix}(\\S+)`))?.[1];
}

/** Does any process still work inside the folder? (Linux only; elsewhere PostgreSQL's own check has the last word.) */
function hasBackends(dataDir: string): boolean {
  if (!existsSync("/proc/self/cwd")) return false;
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readlinkSync(`/proc/${name}/cwd`) === realpathSync(dataDir);
    } catch {
      return false;
    }
  });
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
}
