import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Env } from "../../lib/core/env.ts";
import { LaunchError } from "../process/launch-error.ts";
import { takeScheduledBackup } from "./take-scheduled-backup.ts";

/** How often it is asked whether one is due; a failed one is tried again then. */
const ASK_EVERY_MS = 10 * 60_000;

type Options = {
  given: Env;
  /** Of the console's process: the database, the folder and the secrets to be kept apart. */
  env: NodeJS.ProcessEnv;
  url: string;
  log: (line: string) => void;
};

/**
 * With BACKUP_DIR: take backups by themselves, in a process of their own, so that neither the console nor its launcher carries
 * their load. Returns how to stop; one that is under way ends, and leaves no file.
 */
export function scheduleBackups({ given, env, url, log }: Options): () => Promise<void> {
  const { BACKUP_DIR: folder, BACKUP_EVERY_HOURS: everyHours, BACKUP_KEEP: keep } = given;
  if (!folder) return async () => undefined;
  const abort = new AbortController();
  const take = (path: string) => runBackup(path, { env, signal: abort.signal });
  let running: Promise<void> | undefined;
  const ask = () => {
    running ??= takeScheduledBackup(url, { folder, everyHours, keep }, take)
      .then((path) => {
        if (path) log(`Backup: ${path}`);
      })
      .catch((error: Error) => {
        if (!abort.signal.aborted) log(`The scheduled backup failed: ${error.message}`);
      })
      .finally(() => {
        running = undefined;
      });
  };
  ask();
  const timer = setInterval(ask, ASK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    abort.abort();
    await running;
  };
}

function runBackup(path: string, { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal }): Promise<void> {
  const entry = fileURLToPath(new URL("../backup/backup.ts", import.meta.url));
  const exitWithParent = fileURLToPath(new URL("../process/exit-with-parent.ts", import.meta.url));
  const argv = ["--conditions=react-server", "--import", exitWithParent, entry, path];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { env, stdio: ["ignore", "ignore", "pipe", "ipc"], signal });
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new LaunchError(complaint.trim() || `it ended with ${code}`));
    });
  });
}
