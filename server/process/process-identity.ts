import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Whether a process with this id exists, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Tells this process from a later one with the same id: made of its id, its start time and the machine's boot. Undefined
 * when there is no such process (a zombie counts as none).
 */
export function identityOf(pid: number): string | undefined {
  if (existsSync("/proc/self/stat")) {
    try {
      const fields = statOf(pid);
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

/** Whether the process that once gave this identity still runs. */
export function isSameProcess(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && identityOf(pid) === identity;
}

/** A process's command line: its arguments on Linux, one string elsewhere. Empty when there is no such process. */
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

/** The id of a process's parent; undefined when there is no such process. */
export function parentOf(pid: number): number | undefined {
  try {
    return Number(existsSync("/proc/self/stat") ? statOf(pid)[1] : ps(pid, "ppid=")) || undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process leads its own session, as after `setsid`. (Known on Linux only.) */
export function leadsSession(pid: number): boolean {
  try {
    return Number(statOf(pid)[3]) === pid;
  } catch {
    return false;
  }
}

/** The fields of Linux's `/proc/<pid>/stat` from the third on: state, parent, process group, session, … */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command name stands in brackets and may itself hold spaces and brackets.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
