import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LaunchError } from "../process/launch-error.ts";
import { type Supervised, supervise } from "../process/supervise.ts";
import { waitUntil } from "../process/wait-until.ts";

export type ConsoleOptions = {
  env: NodeJS.ProcessEnv;
  host: string;
  port: number;
  /** "inherit", or a file descriptor the console's log goes to. */
  output: "inherit" | number;
  onSetupLink: (link: string) => void;
  onSpawn: (pid: number) => void;
  onRestart: (pid: number) => void;
  onGiveUp: (error: Error) => void;
};

/** With hot reload the first page takes a while to compile; a production start takes about two seconds. */
const readyMs = 120_000;

/**
 * By default V8's heap grows to several times what is in use, and the C library keeps an arena for each thread. These
 * halve the memory, for a tenth more work. What Node made of our TypeScript is kept: from the second start on it does
 * not load its compiler, which would stay in memory. Freed blocks of 16 KiB and more go back to the system: V8's compilers work
 * in blocks of 32, now and then in a thousand of them at once, and the C library would keep their place; of larger ones it keeps
 * the size of the largest, as the 19 MiB a password's hash works in, in each arena for good.
 */
export const memoryFlags = {
  flags: ["--heap-growing-percent=25", "--max-semi-space-size=8"],
  env: {
    MALLOC_ARENA_MAX: "2",
    MALLOC_MMAP_THRESHOLD_: "16384",
    MALLOC_TRIM_THRESHOLD_: "2097152",
    NODE_COMPILE_CACHE: fileURLToPath(new URL("../../.next/cache/compiled", import.meta.url)),
  },
};

/** Start the console's process and wait until it reports that it is healthy. */
export function startConsole(options: ConsoleOptions): Promise<Supervised> {
  const health = `http://${reachable(options.host)}:${options.port}/api/health`;
  return supervise({
    name: "The console's process",
    onSpawn: options.onSpawn,
    onRestart: options.onRestart,
    onGiveUp: options.onGiveUp,
    spawn: () => {
      const exitWithParent = fileURLToPath(new URL("../process/exit-with-parent.ts", import.meta.url));
      const main = fileURLToPath(new URL("console-server.ts", import.meta.url));
      const { flags, env } = options.env.NODE_ENV === "production" ? memoryFlags : { flags: [], env: {} };
      const child = spawn(process.execPath, [...flags, "--import", exitWithParent, main], {
        env: { ...env, ...options.env },
        stdio: ["ignore", options.output, options.output, "ipc"],
        // Its own process group: Ctrl-C in the terminal goes to the launcher only, which ends its children in order.
        detached: true,
      });
      child.on("message", (message: { setupLink?: unknown }) => {
        if (typeof message.setupLink === "string") options.onSetupLink(message.setupLink);
      });
      return child;
    },
    untilReady: async (child) => {
      let last = "no answer";
      const gone = () => child.exitCode !== null || child.signalCode !== null;
      const healthy = async () => {
        if (gone()) return true;
        try {
          const answer = await fetch(health, { signal: AbortSignal.timeout(60_000) });
          last = `${answer.status} ${(await answer.text()).slice(0, 200)}`;
          return answer.ok;
        } catch {
          return false;
        }
      };
      if (await waitUntil(healthy, readyMs, 100)) return;
      throw new LaunchError(`The console started but does not become healthy (${last}).`);
    },
  });
}

function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
