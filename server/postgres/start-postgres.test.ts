import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LaunchError } from "../process/launch-error.ts";
import { identityOf } from "../process/process-identity.ts";
import { lockFilesOf } from "./postgres-lock-files.ts";
import { clearOrphan } from "./postgres-orphan.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";

const passwords = { superuser: "s", owner: "o", app: "a" };
let folder: string;
let running: Postgres | undefined;
let logged: string[] = [];
const lockFiles = () => lockFilesOf(join(realpathSync(folder), "pg"), join(realpathSync(folder), "run"));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-pg-"));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(onRestart?: () => void): Promise<Postgres> {
  running = await startPostgres({
    folder,
    passwords,
    settings: { fsync: "off" },
    log: (line) => logged.push(line),
    onRestart,
  });
  return running;
}

/** A launcher of its own for the folder's PostgreSQL, which does not live to end it. Returns PostgreSQL's id. */
async function orphan(): Promise<number> {
  const module = fileURLToPath(new URL("start-postgres.ts", import.meta.url));
  const code = `import { startPostgres } from ${JSON.stringify(module)};
    const postgres = await startPostgres({ folder: ${JSON.stringify(folder)}, passwords: ${JSON.stringify(passwords)} });
    console.log(postgres.pid()); setInterval(() => {}, 1000);`;
  const argv = ["--input-type=module-typescript", "-e", code];
  const launcher = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(launcher.stdout, "data");
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  return Number(String(line));
}

async function query(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: running?.ownerUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test("it is a small one: little shared memory, and no process that replication alone needs", async () => {
  await start();
  const [{ shared }] = (await query(
    "select setting::int as shared from pg_settings where name = 'shared_memory_size'",
  )) as [{ shared: number }];
  expect(shared).toBeLessThanOrEqual(48);
  const processes = (await query("select backend_type as type from pg_stat_activity")) as { type: string }[];
  expect(processes.map(({ type }) => type)).not.toContain("logical replication launcher");
});

test("it starts in UTF-8 with checksums, off the network, and finds its data again", async () => {
  await start();
  await query("create table kept as select '额度卡' as name");
  const settings =
    "current_setting('data_checksums') as sums, current_setting('listen_addresses') as net, lower('É') as low";
  expect(await query(`select ${settings}`)).toEqual([{ sums: "on", net: "", low: "é" }]);
  expect(statSync(join(folder, "pg")).mode & 0o077).toBe(0);
  await running?.stop();
  await start();
  expect(await query("select name from kept")).toEqual([{ name: "额度卡" }]);
});

test("a second start on a running folder is refused and does the first no harm", async () => {
  await start();
  await expect(startPostgres({ folder, passwords })).rejects.toThrow(LaunchError);
  await expect(startPostgres({ folder, passwords })).rejects.toThrow("already running");
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("killed from outside it comes back with everything that was committed", async () => {
  let restarts = 0;
  const postgres = await start(() => {
    restarts += 1;
  });
  await query("create table survivor as select 7 as seven");
  const before = postgres.pid() ?? 0;
  process.kill(before, "SIGKILL");
  await expect.poll(() => restarts).toBe(1);
  expect(postgres.pid()).not.toBe(before);
  expect(await query("select seven from survivor")).toEqual([{ seven: 7 }]);
});

test("a killed launcher leaves no PostgreSQL in the way of the next start", async () => {
  await start();
  await query("create table before_the_kill as select 1 as one");
  await running?.stop();
  const left = await orphan();
  await start();
  expect(running?.pid()).not.toBe(left);
  expect(identityOf(left)).toBeUndefined();
  expect(await query("select one from before_the_kill")).toEqual([{ one: 1 }]);
});

test("a stale postmaster.pid whose number belongs to somebody else does not stop the start", async () => {
  await start();
  await running?.stop();
  for (const path of lockFiles()) writeFileSync(path, `${process.ppid}\n${join(folder, "pg")}\n1\n5432\n\n\n  1 1\n`);
  await start();
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a lock file whose number nobody has is removed: in a container one of ours may get it before PostgreSQL looks", async () => {
  await start();
  await running?.stop();
  const gone = spawn(process.execPath, ["--eval", ""]);
  await once(gone, "exit");
  for (const path of lockFiles()) writeFileSync(path, `${gone.pid}\n${join(folder, "pg")}\n1\n5432\n\n\n  1 1\n`);
  await clearOrphan({ dataDir: join(realpathSync(folder), "pg"), lockFiles: lockFiles(), log: () => undefined });
  // Elsewhere not all processes of a PostgreSQL are seen, and it needs the file to look for them.
  expect(lockFiles().filter((path) => existsSync(path))).toEqual(existsSync("/proc/self/cwd") ? [] : lockFiles());
});

const damages = {
  empty: "",
  "full of zeros": "\0".repeat(64),
  "full of garbage": "%PDF-1.7\n12\n",
  endless: "9".repeat(400),
};

test.each(Object.entries(damages))(
  "lock files that are %s are removed, which is said, and it starts",
  async (_, text) => {
    await start();
    await query("create table if not exists behind_the_damage as select 1 as one");
    await running?.stop();
    logged = [];
    for (const path of lockFiles()) writeFileSync(path, text);
    await start();
    expect(await query("select one from behind_the_damage")).toEqual([{ one: 1 }]);
    expect(logged).toEqual(
      lockFiles().map((path) => `${path} was damaged. No PostgreSQL runs there, so it was removed.`),
    );
  },
);

test("a damaged postmaster.pid of a PostgreSQL that runs for a live launcher stays, and the start is refused", async () => {
  await start();
  const [path = ""] = lockFiles();
  const whole = readFileSync(path);
  writeFileSync(path, "");
  try {
    await expect(startPostgres({ folder, passwords })).rejects.toThrow(LaunchError);
    await expect(startPostgres({ folder, passwords })).rejects.toThrow("already running");
    expect(readFileSync(path, "utf8")).toBe("");
    expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    writeFileSync(path, whole);
  }
});

test("an orphan whose lock files are damaged is found and ended before a new start", async () => {
  const left = await orphan();
  for (const path of lockFiles()) writeFileSync(path, "?");
  await start();
  expect(identityOf(left)).toBeUndefined();
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
});

test.runIf(existsSync("/dev/full"))("a start on a full disk is refused in one sentence", async () => {
  await start();
  await running?.stop();
  // PostgreSQL writes this file at each start; here the system answers every write with "no space left on device".
  const written = join(folder, "pg", "postmaster.opts");
  rmSync(written);
  symlinkSync("/dev/full", written);
  try {
    await expect(start()).rejects.toThrow(LaunchError);
    await expect(start()).rejects.toThrow(`The disk that holds ${realpathSync(folder)} is full: free some space`);
  } finally {
    rmSync(written);
  }
  await start();
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a folder with something else in it is refused and left alone", async () => {
  const other = join(folder, "other");
  mkdirSync(join(other, "pg"), { recursive: true });
  writeFileSync(join(other, "pg", "letter.txt"), "keep me");
  await expect(startPostgres({ folder: other, passwords })).rejects.toThrow("not a PostgreSQL database");
  expect(existsSync(join(other, "pg", "letter.txt"))).toBe(true);
});

test("a database of another major version is refused", async () => {
  const old = join(folder, "old");
  mkdirSync(join(old, "pg"), { recursive: true });
  writeFileSync(join(old, "pg", "PG_VERSION"), "15\n");
  await expect(startPostgres({ folder: old, passwords })).rejects.toThrow("of PostgreSQL 15");
});
