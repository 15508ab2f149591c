import { execFile } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { diskFull, saysDiskFull } from "../process/disk-full.ts";
import { LaunchError } from "../process/launch-error.ts";
import { giveTo, initdbUser, makeOwnFolder, type SystemUser } from "./postgres-user.ts";

const run = promisify(execFile);

/** Which major version of PostgreSQL the data folder must be of. */
const major = "18";

/** PostgreSQL's environment: nothing of ours, so that no PG* variable or locale of the operator reaches it. */
export const postgresEnv = {
  LC_ALL: "C",
  TZ: "UTC",
  PATH: "/usr/bin:/bin",
  // By default the C library keeps ever larger blocks after one large sort, in each connection's process.
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
} as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv;

/**
 * Make the cluster in `dataDir` if there is none: UTF-8, the built-in C.UTF-8 locale, checksums. It is made beside its
 * final place and renamed, so a start that is killed leaves no incomplete cluster.
 */
export async function ensureCluster(dataDir: string, native: string, user: SystemUser | undefined): Promise<void> {
  if (existsSync(join(dataDir, "PG_VERSION"))) return checkVersion(dataDir);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new LaunchError(
      `The folder ${dataDir} holds something that is not a PostgreSQL database: move it away, or set DATA_DIR.`,
    );
  }
  const workshop = `${dataDir}.new`;
  const fresh = join(workshop, "pg");
  mkdirSync(dirname(dataDir), { recursive: true });
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop, { mode: 0o700 });
  const maker = user && initdbUser(user);
  if (maker) {
    // "nobody" may be the maker: only our own group may pass, and other programs of nobody's are not in it.
    chownSync(workshop, 0, maker.gid);
    chmodSync(workshop, 0o710);
  }
  makeOwnFolder(fresh, maker);
  await initdb(fresh, native, maker);
  if (user) giveTo(fresh, user);
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(fresh, dataDir);
  rmSync(workshop, { recursive: true, force: true });
}

function checkVersion(dataDir: string): void {
  const found = readFileSync(join(dataDir, "PG_VERSION"), "utf8").trim();
  if (found === major) return;
  throw new LaunchError(
    `The database in ${dataDir} is of PostgreSQL ${found}, Cardesk brings PostgreSQL ${major}: ` +
      "dump it with the old version and load it into a new data folder.",
  );
}

async function initdb(folder: string, native: string, user: SystemUser | undefined): Promise<void> {
  const argv = ["-D", folder, "-U", "postgres", "--auth=reject", "--encoding=UTF8", "--locale=C"];
  argv.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions");
  try {
    await run(join(native, "bin", "initdb"), argv, { cwd: "/", env: postgresEnv, ...user });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    if (saysDiskFull(stderr ?? "")) throw diskFull(folder);
    const why = stderr?.trim().split("\n").slice(-3).join(" ") || message;
    throw new LaunchError(`PostgreSQL could not create its database in ${folder}: ${why}`);
  }
}
