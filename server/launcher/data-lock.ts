import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDiskFull } from "../process/disk-full.ts";
import { LaunchError } from "../process/launch-error.ts";
import { identityOf, isSameProcess } from "../process/process-identity.ts";

type Holder = { launcher: string; children: string[] };

export type DataLock = {
  /** Children a crashed launcher of this folder left running, as process identities. */
  readonly leftovers: string[];
  /** Record which processes are ours, so that a later launcher can end them if we are killed. */
  recordChildren(pids: number[]): void;
  release(): void;
};

/**
 * Take a data folder for this process. Throws {@link LaunchError} when a live launcher holds it; a lock whose process
 * is gone (also when its id was given to another process since) is taken over.
 */
export function lockDataFolder(folder: string): DataLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "launcher.lock");
  const launcher = identityOf(process.pid) ?? String(process.pid);
  const own = join(folder, `launcher.lock.${process.pid}`);
  const write = (children: string[]) => {
    writeFileSync(own, JSON.stringify({ launcher, children } satisfies Holder), { mode: 0o600 });
  };

  let leftovers: string[] = [];
  try {
    write([]);
    for (let attempt = 0; !tryLink(own, path); attempt += 1) {
      const holder = readHolder(path);
      if (holder && isSameProcess(holder.launcher)) throw inUse(folder, holder);
      if (attempt > 5) throw new LaunchError(`The lock file ${path} cannot be taken over; remove it and try again.`);
      if (holder) leftovers = holder.children.filter(isSameProcess);
      write(leftovers);
      discardStale(path);
    }
  } finally {
    rmSync(own, { force: true });
  }

  return {
    leftovers,
    recordChildren(pids) {
      try {
        write(pids.flatMap((pid) => identityOf(pid) ?? []));
        renameSync(own, path);
      } catch (error) {
        // On a full disk the last record must do: a console that died is restarted all the same.
        rmSync(own, { force: true });
        if (!isDiskFull(error)) throw error;
      }
    },
    release() {
      if (readHolder(path)?.launcher === launcher) rmSync(path, { force: true });
    },
  };
}

function inUse(folder: string, holder: Holder): LaunchError {
  return new LaunchError(
    `The data folder ${folder} is in use by a running Cardesk (process ${Number.parseInt(holder.launcher, 10)}): ` +
      "stop that one first, or choose another folder with DATA_DIR.",
  );
}

/** A hard link appears whole or not at all, and fails when the name is taken. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const { launcher, children } = JSON.parse(readFileSync(path, "utf8")) as Partial<Holder>;
    if (typeof launcher !== "string" || !Array.isArray(children)) return undefined;
    return { launcher, children: children.filter((child) => typeof child === "string") };
  } catch {
    return undefined;
  }
}

/** Move the stale lock aside, and put it back if another launcher took it between our read and our move. */
function discardStale(path: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && isSameProcess(moved.launcher)) tryLink(aside, path);
  rmSync(aside, { force: true });
}
