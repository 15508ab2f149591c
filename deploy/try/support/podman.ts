import { type ExecFileException, execFile } from "node:child_process";
import { join } from "node:path";

/** What a program said and how it ended. */
export type Ran = { code: number; out: string; err: string };

/** Podman and buildah on images and containers of their own, in one folder. */
export type Podman = {
  /** Throws with what was said when it ends with anything but 0. */
  run: (args: readonly string[]) => Promise<string>;
  /** Any end is an answer. */
  attempt: (args: readonly string[], timeoutMs?: number) => Promise<Ran>;
  build: (args: readonly string[]) => Promise<string>;
  /** Podman with what every call of it has, for a program that calls it. */
  command: readonly string[];
};

/** Limits that any host allows. */
export const LIMITS = ["--ulimit=nofile=1024:1024", "--ulimit=nproc=4096:4096"];
/** Before a container's own options: its host's network, and {@link LIMITS}. */
export const RUN_FLAGS = ["--network=host", ...LIMITS];

/**
 * Images and containers live in `folder` alone, so that nobody else's are seen or touched. "vfs" and runc work wherever podman does,
 * also inside a container; they are slower and take more of the disk.
 */
export function openPodman(folder: string): Podman {
  const store = [`--root=${join(folder, "storage")}`, `--runroot=${join(folder, "run")}`, "--storage-driver=vfs"];
  const podman = [
    ...store,
    `--tmpdir=${join(folder, "tmp")}`,
    "--runtime=runc",
    "--cgroup-manager=cgroupfs",
    "--events-backend=none",
  ];
  const attempt = (args: readonly string[], timeoutMs?: number) =>
    runProgram("podman", [...podman, ...args], { timeout: timeoutMs });
  return {
    command: ["podman", ...podman],
    attempt,
    run: async (args) => outputOf(`podman ${args[0]}`, await attempt(args)),
    build: async (args) => outputOf(`buildah ${args[0]}`, await runProgram("buildah", [...store, ...args])),
  };
}

/** Run a program to its end. */
export function runProgram(
  file: string,
  args: readonly string[],
  { timeout = 1_800_000, env }: { timeout?: number | undefined; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const settle = (error: ExecFileException | null, out: string, err: string) =>
      resolve({ code: error ? Number(error.code ?? 255) || 255 : 0, out, err });
    execFile(file, args, { timeout, maxBuffer: 256 * 2 ** 20, ...(env && { env }) }, settle);
  });
}

/** What it wrote; throws with its last lines when it has failed. */
export function outputOf(what: string, { code, out, err }: Ran): string {
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${lastLines(err || out)}`);
  return out.trim();
}

const lastLines = (text: string): string => text.trim().split("\n").slice(-8).join(" | ");
