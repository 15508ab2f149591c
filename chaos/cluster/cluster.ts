import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox/start.ts";
import { Console } from "./console.ts";
import { upstreamEnv } from "./upstreams.ts";

/** How long an unknown outcome is looked into; the run's late effects come well within it. */
export const QUIET_S = 8;

export type Installation = {
  consoles: Console[];
  appKeys: string;
  password: string;
  /** PostgreSQL of the first console, which is everybody's. */
  databaseUrl(): string;
  folder: string;
  /** End all of it; how many processes had to be ended by force. */
  stop(): Promise<number>;
  remove(): void;
};

/** One or two consoles (each a launcher of its own) on the first one's private PostgreSQL, with the same secrets. */
export async function startInstallation(sandbox: Sandbox, processes: number): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-chaos-"));
  // As root PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const appKeys = `k1:${randomBytes(32).toString("base64")}`;
  const password = randomBytes(12).toString("hex");
  const shared = {
    ...inherited(),
    NODE_ENV: "production" as const,
    ...upstreamEnv(sandbox),
    AUTH_SECRET: randomBytes(32).toString("hex"),
    APP_KEYS: appKeys,
    ADMIN_USER: "admin",
    ADMIN_PASSWORD: password,
    DEMO_USERS: "1",
    HOST: "127.0.0.1",
    PORT: "0",
    APP_URL: "",
    TRUST_PROXY: "",
    SYNC_INTERVAL_SECONDS: "4",
    QUIET_PERIOD_SECONDS: String(QUIET_S),
    UPSTREAM_TIMEOUT_MS: "3000",
    UPSTREAM_WRITE_TIMEOUT_MS: "3000",
    LOG_LEVEL: "info",
  };
  const consoles: Console[] = [];
  const stop = async () => {
    for (const each of consoles.toReversed()) await each.stop();
    const left = await Promise.all(consoles.map((each) => each.clear()));
    return left.reduce((sum, count) => sum + count, 0);
  };
  try {
    for (const name of ["a", "b"].slice(0, processes)) {
      const dataDir = join(folder, name);
      mkdirSync(dataDir);
      const databaseUrl = consoles[0]?.databaseUrl ?? "";
      const each = new Console(name, dataDir, { ...shared, DATA_DIR: dataDir, DATABASE_URL: databaseUrl });
      consoles.push(each);
      await each.start();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const databaseUrl = () => consoles[0]?.databaseUrl ?? "";
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { consoles, appKeys, password, databaseUrl, folder, stop, remove };
}

/** Of the caller's environment only what a process needs to run: no variable of a real installation gets in. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
