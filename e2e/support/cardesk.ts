import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** What the launcher says of a running Cardesk with `--json`; every user of the demo has this password. */
export type LaunchInfo = {
  url: string;
  password: string;
  sandboxUrl: string;
  sandboxToken: string;
  databaseUrl: string;
  /** As the role that owns the tables. */
  databaseOwnerUrl: string;
  logFile: string;
  postgresPid: number;
};

export type Cardesk = LaunchInfo & { stop: () => Promise<void> };

/** Recognisable wherever they turn up; they open only the sandbox this run starts. */
export const SECRETS = {
  SANDBOX_ESPAI_KEY: `canaryespai${randomBytes(16).toString("hex")}`.slice(0, 32),
  SANDBOX_POTATO_ASK_KEY: `canary-ask-${randomBytes(8).toString("hex")}`,
  SANDBOX_POTATO_USER_TOKEN: `canary-token-${randomBytes(8).toString("hex")}`,
  SANDBOX_POTATO_SIGN_SECRET: `canary-sign-${randomBytes(8).toString("hex")}`,
  SANDBOX_TALKBOT_KEY: `sk-canary-${randomBytes(8).toString("hex")}`,
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
  "SECOND_FACTOR",
  "POTATO_SIGN",
  "SANDBOX_POTATO_SIGN",
  "DEFAULT_LOCALE",
  "TZ_DISPLAY",
  "LOG_LEVEL",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_NAME",
  "OIDC_SCOPES",
  "OIDC_ROLE_CLAIM",
  "OIDC_ROLES",
];

/** Of a client at a provider that a journey starts, and of no other. */
export const OIDC_CLIENT_SECRET = `canary-oidc-${randomBytes(8).toString("hex")}`;

/**
 * A Cardesk of one's own: the built console, its PostgreSQL and its sandbox, in a folder that is removed with it. With
 * E2E_LAUNCH_INFO (a file with what the launcher said) the one that runs already. `settings` are variables of its own.
 */
export async function startCardesk(quietSeconds: number, settings: Record<string, string> = {}): Promise<Cardesk> {
  if (process.env.E2E_LAUNCH_INFO) {
    const info = JSON.parse(readFileSync(process.env.E2E_LAUNCH_INFO, "utf8").split("\n")[0] ?? "") as LaunchInfo;
    return { ...info, stop: async () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), "cardesk-journey-"));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const path = (name: string) => fileURLToPath(new URL(`../../server/${name}`, import.meta.url));
  // The channel tells the launcher when this worker is gone, however it went.
  const launcher = spawn(
    process.execPath,
    [
      "--import",
      path("process/exit-with-parent.ts"),
      "--conditions=react-server",
      path("launcher/launch.ts"),
      "demo",
      "--json",
    ],
    { env: { ...environment(folder, quietSeconds), ...settings }, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const ended = once(launcher, "exit");
  const complaints: string[] = [];
  launcher.stderr?.on("data", (chunk: Buffer) => complaints.push(chunk.toString()));
  const stop = async () => {
    launcher.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const line = await Promise.race([
      firstLine(launcher.stdout),
      ended.then(() => Promise.reject(new Error(`The launcher ended: ${complaints.join("")}`))),
    ]);
    return { ...(JSON.parse(line) as LaunchInfo), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine(stream: Readable | null): Promise<string> {
  if (!stream) throw new Error("The launcher has no output to read");
  const [line] = await once(createInterface({ input: stream }), "line");
  return String(line);
}

function environment(folder: string, quietSeconds: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...Object.fromEntries(NOT_OURS.map((name) => [name, ""])),
    ...SECRETS,
    PORT: "0",
    HOST: "127.0.0.1",
    DATA_DIR: folder,
    SANDBOX_CARDS: "160",
    SANDBOX_LATENCY_MS: "20",
    SANDBOX_JITTER_MS: "10",
    SYNC_INTERVAL_SECONDS: "1",
    BILLING_INTERVAL_SECONDS: "1",
    QUIET_PERIOD_SECONDS: String(quietSeconds),
    // Calls that shall get no answer are cut or released by the journey, so that these never decide anything.
    UPSTREAM_TIMEOUT_MS: "120000",
    UPSTREAM_WRITE_TIMEOUT_MS: "120000",
  };
}
