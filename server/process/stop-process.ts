import { isSameProcess } from "./process-identity.ts";
import { waitUntil } from "./wait-until.ts";

/** Ask one process (named by identity, so never another one) to end; after `graceMs` kill it. */
export async function stopProcess(identity: string, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const pid = Number.parseInt(identity, 10);
  send(identity, pid, signal);
  if (await waitUntil(() => !isSameProcess(identity), graceMs)) return;
  send(identity, pid, "SIGKILL");
  await waitUntil(() => !isSameProcess(identity), 5_000);
}

function send(identity: string, pid: number, signal: NodeJS.Signals): void {
  if (!isSameProcess(identity)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
