import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";
import { Console } from "./console.ts";
import { SmallDisk } from "./small-disk.ts";
import { upstreamEnv } from "./upstreams.ts";
import { WallClock } from "./wall-clock.ts";

/** Quiet period of the consoles under test; the late effects of a run come well within it. */
export const QUIET_PERIOD_S = 8;

/** Room for the database of a run, and some more to fill. */
const DISK_MEBIBYTES = 1_024;
const RESERVE_MEBIBYTES = 64;

export type Cluster = {
  consoles: Console[];
  appKeys: string;
  password: string;
  /** PostgreSQL of the first console, which all consoles share. */
  databaseUrl(): string;
  folder: string;
  /** The wall clock of all consoles. */
  clock: WallClock;
  /** The disk of the database, if it has one of its own that can be filled. */
  disk: SmallDisk | null;
  /** Stop everything; returns how many processes had to be killed. */
  stop(): Promise<number>;
  /** Delete data and logs. */
  remove(): void;
};

/** Addresses of a PostgreSQL elsewhere: as the running consoles' role, and as the role that owns the tables. */
export type ExternalDatabase = { url: string; ownerUrl: string };

/**
 * One or two consoles, each with its own launcher, on the first one's private PostgreSQL or on `database`, with the same secrets.
 * `smallDisk`: the first one's data is on a disk of its own, where this process may mount one.
 */
export async function startCluster(
  sandbox: Sandbox,
  { processes, smallDisk, database }: { processes: number; smallDisk: boolean; database?: ExternalDatabase },
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-chaos-"));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const appKeys = `k1:${randomBytes(32).toString("base64")}`;
  const clock = new WallClock(join(folder, "clock"));
  const password = randomBytes(12).toString("hex");
  const sharedEnv = {
    ...inheritedEnv(),
    NODE_OPTIONS: [process.env.NODE_OPTIONS, `--import=${new URL("step-clock.ts", import.meta.url).href}`]
      .filter(Boolean)
      .join(" "),
    CHAOS_CLOCK_FILE: clock.file,
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
    QUIET_PERIOD_SECONDS: String(QUIET_PERIOD_S),
    DISK_RESERVE_MB: String(RESERVE_MEBIBYTES),
    UPSTREAM_TIMEOUT_MS: "3000",
    UPSTREAM_WRITE_TIMEOUT_MS: "3000",
    LOG_LEVEL: "info",
  };
  const consoles: Console[] = [];
  mkdirSync(join(folder, "a"));
  const disk = smallDisk ? SmallDisk.mount(join(folder, "a"), DISK_MEBIBYTES) : null;
  const stop = async () => {
    disk?.empty();
    for (const each of consoles.toReversed()) await each.stop();
    const killed = await Promise.all(consoles.map((each) => each.killLeftovers()));
    return killed.reduce((sum, count) => sum + count, 0);
  };
  try {
    for (const name of ["a", "b"].slice(0, processes)) {
      const dataDir = join(folder, name);
      mkdirSync(dataDir, { recursive: true });
      const env = {
        ...sharedEnv,
        DATA_DIR: dataDir,
        DATABASE_URL: database?.url ?? consoles[0]?.databaseUrl ?? "",
        DATABASE_OWNER_URL: database?.ownerUrl ?? "",
      };
      const each = new Console(name, dataDir, env);
      consoles.push(each);
      await each.start();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const databaseUrl = () => consoles[0]?.databaseUrl ?? "";
  const remove = () => {
    disk?.unmount();
    rmSync(folder, { recursive: true, force: true });
  };
  return { consoles, appKeys, password, databaseUrl, folder, clock, disk, stop, remove };
}

/** Only what a process needs to run, so that no variable of a real installation gets in. */
function inheritedEnv(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "NODE_EXTRA_CA_CERTS"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
