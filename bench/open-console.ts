import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What the launcher says of a running console with `--json`. */
export type OpenConsole = {
  url: string;
  user: string;
  password: string;
  databaseUrl: string;
  webPid: number;
  postgresPid: number;
  sandbox: { espai: string; key: string };
  close: () => Promise<void>;
};

type World = {
  cards: number;
  latencyMs: number;
  /** More variables. */
  env?: Readonly<Record<string, string>>;
};

/** Variables of the caller that would configure another console; empty counts as unset. */
const NOT_OURS = [
  "APP_URL",
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "AUTH_SECRET",
  "APP_KEYS",
  "ADMIN_USER",
  "ADMIN_PASSWORD",
  "TRUST_PROXY",
];

/** The production build with its PostgreSQL and a sandbox of so many cards, in a folder that goes with it. */
export async function openConsole({ cards, latencyMs, env = {} }: World): Promise<OpenConsole> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-bench-"));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const key = randomBytes(16).toString("hex");
  const server = (name: string) => fileURLToPath(new URL(`../server/${name}`, import.meta.url));
  const launcher = spawn(
    process.execPath,
    [
      "--import",
      server("process/exit-with-parent.ts"),
      "--conditions=react-server",
      server("launcher/launch.ts"),
      "demo",
      "--json",
    ],
    {
      env: { ...environment(folder, key, { cards, latencyMs }), ...env },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    },
  );
  const { stdout } = launcher;
  if (!stdout) throw new Error("the launcher has no output");
  const ended = once(launcher, "exit");
  const [line] = await Promise.race([
    once(createInterface({ input: stdout }), "line") as Promise<[string]>,
    ended.then(() => Promise.reject(new Error("the console did not start"))),
  ]);
  const facts = JSON.parse(line) as Omit<OpenConsole, "close" | "sandbox"> & { sandboxUrl: string };
  return {
    ...facts,
    sandbox: { espai: `${facts.sandboxUrl}/espai`, key },
    close: async () => {
      launcher.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function environment(folder: string, key: string, { cards, latencyMs }: World): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...Object.fromEntries(NOT_OURS.map((name) => [name, ""])),
    PORT: "0",
    HOST: "127.0.0.1",
    DATA_DIR: folder,
    SANDBOX_CARDS: String(cards),
    SANDBOX_LATENCY_MS: String(latencyMs),
    SANDBOX_JITTER_MS: "0",
    SANDBOX_ESPAI_KEY: key,
  };
}
