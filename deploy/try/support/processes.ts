import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { waitUntil } from "../../../server/process/wait-until.ts";

/** Whom PostgreSQL runs as: never root. Undefined where we are nobody's superuser, or Debian's user is not there. */
export type RunAs = { uid: number; gid: number } | undefined;

/** Debian's user for PostgreSQL, when we are root. */
export function postgresUser(): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** Start a program whose output goes to a file. */
export function startProgram(
  command: string,
  args: readonly string[],
  options: { log: string; as?: RunAs; env?: Readonly<Record<string, string>>; cwd?: string },
): ChildProcess {
  const log = openSync(options.log, "a");
  const { PATH, LANG } = process.env;
  const child = spawn(command, [...args], {
    stdio: ["ignore", log, log],
    cwd: options.cwd,
    env: { PATH: `${PATH}:/usr/sbin`, ...(LANG && { LANG }), NODE_ENV: "production", ...options.env },
    ...options.as,
  });
  closeSync(log);
  child.on("error", () => undefined);
  return child;
}

export const isRunning = (child: ChildProcess | undefined): child is ChildProcess =>
  child?.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** SIGTERM, and SIGKILL for one that does not heed it. */
export async function endProgram(child: ChildProcess | undefined, graceMs = 15_000): Promise<void> {
  if (!isRunning(child)) return;
  child.kill("SIGTERM");
  if (await waitUntil(() => !isRunning(child), graceMs)) return;
  child.kill("SIGKILL");
  await waitUntil(() => !isRunning(child), 5_000);
}
