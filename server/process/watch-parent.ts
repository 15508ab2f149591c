import { basename } from "node:path";
import { commandOf, identityOf, isAlive, leadsSession, parentOf } from "./process-identity.ts";

const everyMs = 500;
const shells = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"]);

/**
 * Call `onGone` once when what started this process is gone: its parent, or npm above the shell that npm runs scripts
 * in. npm passes a signal only to that shell, which does not pass it on. A process that was detached on purpose (it has
 * no parent but init, or leads its own session) is not watched.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  if (parent <= 1 || leadsSession(process.pid)) return;
  const runner = scriptRunner(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (runner === undefined || isThere(runner))) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  timer.unref();
}

type Runner = { pid: number; identity: string | undefined };

/** npm (or another runner of package scripts), when a shell stands between it and us. */
function scriptRunner(parent: number): Runner | undefined {
  if (!process.env.npm_lifecycle_event || !isShell(parent)) return undefined;
  const pid = parentOf(parent);
  return pid === undefined || pid <= 1 ? undefined : { pid, identity: linuxIdentity(pid) };
}

function isThere({ pid, identity }: Runner): boolean {
  return isAlive(pid) && linuxIdentity(pid) === identity;
}

/** Elsewhere an identity costs a process each time; there the number alone must do. */
function linuxIdentity(pid: number): string | undefined {
  return process.platform === "linux" ? identityOf(pid) : undefined;
}

function isShell(pid: number): boolean {
  const [program = ""] = commandOf(pid).join(" ").split(" ");
  return shells.has(basename(program).replace(/^-/, ""));
}
