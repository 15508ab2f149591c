import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./launch-error.ts";
import { identityOf } from "./process-identity.ts";
import { stopProcess } from "./stop-process.ts";

export type Supervised = {
  pid(): number | undefined;
  /** End it for good: by its stop signal, and by SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

export type SuperviseOptions = {
  name: string;
  /** What must be done before each start. */
  prepare?: () => Promise<void>;
  spawn: () => ChildProcess;
  /** Resolves once the process does its work; rejects when it never will. */
  untilReady: (child: ChildProcess) => Promise<void>;
  /** How the process is asked to end; SIGTERM if unset. */
  stopSignal?: NodeJS.Signals;
  /** The error for a process that ended before it was ready; by default its name and how it ended. */
  describeEnd?: (how: string) => LaunchError;
  /** A process was started, the first or a later one; it is not ready yet. */
  onSpawn: (pid: number) => void;
  onRestart: (pid: number) => void;
  /** It ended again and again before it was ready; it is not restarted any more. */
  onGiveUp: (error: Error) => void;
};

/** Failed starts in a row before we give up; a process that became ready resets the count. */
const attempts = 5;

/** How a process that failed to become ready is given time to end. */
const failedGraceMs = 5_000;

/** Start a process and keep it running: when it ends unasked it is restarted, with a longer pause after each failure. */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { name, describeEnd = (how) => new LaunchError(`${name} ended (${how}).`) } = options;
  const stopSignal = options.stopSignal ?? "SIGTERM";
  let stopping = false;
  let child: ChildProcess | undefined;

  const start = async () => {
    await options.prepare?.();
    if (stopping) throw new LaunchError(`${name} is not started: everything is stopping.`);
    const started = options.spawn();
    child = started;
    const ended = new Promise<string>((resolve) => {
      started.once("error", (error) => resolve(error.message));
      started.once("exit", (code, signal) => resolve(String(signal ?? code)));
    });
    try {
      if (started.pid) options.onSpawn(started.pid);
      const how = await Promise.race([options.untilReady(started), ended]);
      if (typeof how === "string") throw describeEnd(how);
    } catch (error) {
      await end(started, stopSignal, failedGraceMs);
      throw error;
    }
    void ended.then(() => {
      if (!stopping) void restart();
    });
  };

  const restart = async () => {
    for (let attempt = 1; !stopping; attempt += 1) {
      await delay(Math.min(200 * 2 ** attempt, 10_000));
      if (stopping) return;
      try {
        await start();
        options.onRestart(child?.pid ?? 0);
        return;
      } catch (error) {
        if (attempt >= attempts && !stopping) return options.onGiveUp(error as Error);
      }
    }
  };

  const stop = async (graceMs: number) => {
    stopping = true;
    if (child) await end(child, stopSignal, graceMs);
  };

  await start();
  return { pid: () => child?.pid, stop };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const identity = identityOf(child.pid);
  if (identity) await stopProcess(identity, signal, graceMs);
}
