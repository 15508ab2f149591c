import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./launch-error.ts";
import { identityOf } from "./process-identity.ts";
import { stopProcess } from "./stop-process.ts";

export type Supervised = {
  pid(): number | undefined;
  /** End it for good: SIGTERM, and SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

export type SuperviseOptions = {
  name: string;
  spawn: () => ChildProcess;
  /** Resolves once the process does its work; rejects when it never will. */
  untilReady: (child: ChildProcess) => Promise<void>;
  /** A process was begun, the first or a later one; it is not ready yet. */
  onSpawn: (pid: number) => void;
  onRestart: (pid: number) => void;
  /** It dies again and again before it is ready; it was not restarted any more. */
  onGiveUp: (error: Error) => void;
};

/** So many starts in a row may fail before we give up; a process that got ready begins the count anew. */
const attempts = 5;

/** Start a process and keep it running: when it dies unasked it is started again, slower each time it fails. */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  let stopping = false;
  let child: ChildProcess | undefined;

  const boot = async () => {
    child = options.spawn();
    const started = child;
    if (started.pid) options.onSpawn(started.pid);
    const death = new Promise<never>((_, reject) => {
      started.once("error", reject);
      started.once("exit", (code, signal) => reject(new LaunchError(`${options.name} ended (${signal ?? code}).`)));
    });
    try {
      await Promise.race([options.untilReady(started), death]);
    } catch (error) {
      await end(started, 5_000);
      throw error;
    }
    // Losing the race later is how a death is noticed.
    death.catch(() => {
      if (!stopping) void bringBack();
    });
  };

  const bringBack = async () => {
    for (let attempt = 1; !stopping; attempt += 1) {
      await delay(Math.min(200 * 2 ** attempt, 10_000));
      if (stopping) return;
      try {
        await boot();
        options.onRestart(child?.pid ?? 0);
        return;
      } catch (error) {
        if (attempt >= attempts && !stopping) return options.onGiveUp(error as Error);
      }
    }
  };

  const stop = async (graceMs: number) => {
    stopping = true;
    if (child) await end(child, graceMs);
  };

  await boot();
  return { pid: () => child?.pid, stop };
}

async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const identity = identityOf(child.pid);
  if (identity) await stopProcess(identity, "SIGTERM", graceMs);
}
