import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../process/launch-error.ts";

/**
 * The files by which a PostgreSQL keeps others away from its data and its socket. Their first line is its process id;
 * when that line can't be read as one, or names a live process, PostgreSQL refuses to start.
 */
export function lockFilesOf(dataDir: string, sockets: string): string[] {
  return [join(dataDir, "postmaster.pid"), join(sockets, ".s.PGSQL.5432.lock")];
}

export type LockFile = { state: "absent" } | { state: "damaged" } | { state: "names"; pid: number };

/** Read a lock file. After a power failure it may be empty or full of zeros: then it is "damaged". */
export function readLockFile(path: string): LockFile {
  const text = read(path);
  if (text === undefined) return { state: "absent" };
  // A negative number is a PostgreSQL that works without clients, as for repairs.
  const [, pid] = /^-?([1-9]\d{0,6})\s*(\n|$)/.exec(text) ?? [];
  return pid === undefined ? { state: "damaged" } : { state: "names", pid: Number(pid) };
}

/** Remove a lock file. Only for one whose data folder no process holds. */
export function removeLockFile(path: string): void {
  rmSync(path, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new LaunchError(`PostgreSQL's lock file ${path} cannot be read (${code}): check who owns it.`);
  }
}
