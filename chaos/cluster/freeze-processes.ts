import { execFileSync } from "node:child_process";
import { identityOf, isSameProcess } from "../../server/process/process-identity.ts";

/**
 * SIGSTOP a process and then its children, so that it can make no new ones meanwhile. Returns what lets those that still
 * exist go on; it may be called any number of times, and runs by itself when our own process exits.
 */
export function freezeProcesses(parent: number): () => void {
  const frozen: string[] = [];
  const thaw = () => {
    process.off("exit", thaw);
    for (const identity of frozen.splice(0).filter(isSameProcess)) send(identity, "SIGCONT");
  };
  process.once("exit", thaw);
  const freeze = (pid: number) => {
    const identity = identityOf(pid);
    if (!identity) return;
    frozen.push(identity);
    send(identity, "SIGSTOP");
  };
  freeze(parent);
  for (const pid of childrenOf(parent)) freeze(pid);
  return thaw;
}

function send(identity: string, signal: "SIGSTOP" | "SIGCONT"): void {
  try {
    process.kill(Number.parseInt(identity, 10), signal);
  } catch (error) {
    // It may have been killed just now.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function childrenOf(parent: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}
