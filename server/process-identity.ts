import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Is there a process with this id at all (also one of another user)? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * What tells this process from a later one that got the same id: the boot of the machine and the process's start time.
 * Undefined when there is no such process (a zombie counts as none).
 */
export function identityOf(pid: number): string | undefined {
  if (existsSync("/proc/self/stat")) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The command name stands in brackets and may itself hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z") return undefined;
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
      return `${pid}-${fields[19]}-${boot}`;
    } catch {
      return undefined;
    }
  }
  const started = ps(pid, "lstart=");
  return started ? `${pid}-${started.replaceAll(/\W+/g, "")}` : undefined;
}

/** Is the very process that once gave this identity still there? */
export function isSameProcess(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && identityOf(pid) === identity;
}

/** A process's command line, as words on Linux, as one string elsewhere. Empty when there is none. */
export function commandOf(pid: number): string[] {
  try {
    if (existsSync("/proc/self/cmdline")) {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
    }
    return [ps(pid, "command=")].filter(Boolean);
  } catch {
    return [];
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
