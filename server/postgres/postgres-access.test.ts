import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PostgresPasswords } from "./postgres-access.ts";
import { giveTo } from "./postgres-user.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";

const passwords = { superuser: "the superuser's", owner: "the owner's", app: "the console's" };
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const settings = { fsync: "off" };

let folder: string;
let running: Postgres | undefined;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cardesk-access-")));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(given: PostgresPasswords = passwords): Promise<Postgres> {
  running = await startPostgres({ folder, passwords: given, settings });
  return running;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** How each role is answered without its password. */
async function answersWithout(postgres: Postgres, password: string): Promise<string[]> {
  const urls = [postgres.adminUrl, postgres.ownerUrl, postgres.url].map((text) => {
    const url = new URL(text);
    url.password = password;
    return url.href;
  });
  return Promise.all(urls.map((url) => query(url, "select").then(() => "in", String)));
}

const everybodyRefused = [
  expect.stringContaining('password authentication failed for user "postgres"'),
  expect.stringContaining('password authentication failed for user "cardesk"'),
  expect.stringContaining('password authentication failed for user "cardesk_app"'),
];

const rules = () => readFileSync(join(folder, "pg", "pg_hba.conf"), "utf8");
const who = "select current_user as role, rolsuper as super from pg_roles where rolname = current_user";

test("nobody gets in without a password, and the two roles of the console are plain", async () => {
  const postgres = await start();
  expect(await answersWithout(postgres, "wrong")).toEqual(everybodyRefused);
  expect(rules()).toMatch(/^# password [0-9a-f]{64}\nlocal all all scram-sha-256\n$/);
  expect(statSync(join(folder, "pg", "pg_hba.conf")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "run")).mode & 0o777).toBe(0o700);
  expect(await query(postgres.url, who)).toEqual([{ role: "cardesk_app", super: false }]);
  expect(await query(postgres.ownerUrl, who)).toEqual([{ role: "cardesk", super: false }]);
});

test("a cluster that was made with trust is closed at its next start and keeps its data", async () => {
  const old = await start();
  await query(old.ownerUrl, "create table kept as select 7 as seven");
  for (const role of ["cardesk", "cardesk_app", "postgres"]) {
    await query(old.adminUrl, `alter role ${role} password null`);
  }
  await old.stop();
  writeFileSync(join(folder, "pg", "pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 trust\n");
  if (isRoot) for (const name of ["pg", "run"]) giveTo(join(folder, name), nobody);
  const postgres = await start();
  expect(await answersWithout(postgres, "wrong")).toEqual(everybodyRefused);
  expect(await query(postgres.ownerUrl, "select seven from kept")).toEqual([{ seven: 7 }]);
  expect(rules()).not.toContain("trust");
});

test("with other passwords, as after a lost secrets.json, they are set anew", async () => {
  const others = { superuser: "another", owner: "another owner's", app: "another console's" };
  const postgres = await start(others);
  expect(await answersWithout(postgres, passwords.superuser)).toEqual(everybodyRefused);
  expect(await query(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a start that was killed before the password was set is finished by the next one", async () => {
  writeFileSync(join(folder, "pg", "pg_hba.conf"), "local all postgres trust\nlocal all all scram-sha-256\n");
  expect(await answersWithout(await start(), "wrong")).toEqual(everybodyRefused);
});

describe.runIf(isRoot)("as root", () => {
  const asNobody = (...argv: string[]) => spawnSync(argv[0] ?? "", argv.slice(1), { cwd: "/", ...nobody });

  test("PostgreSQL runs under a number of its own, and nobody's programs reach neither files nor socket", async () => {
    const { pid } = await start();
    const { uid } = statSync(join(folder, "pg"));
    expect(readFileSync("/etc/passwd", "utf8")).not.toMatch(new RegExp(`^[^:]*:[^:]*:${uid}:`, "m"));
    expect(statSync(`/proc/${pid()}`).uid).toBe(uid);
    expect(asNobody("ls", folder).status).toBe(0);
    expect(asNobody("ls", join(folder, "pg")).status).not.toBe(0);
    expect(asNobody("ls", join(folder, "run")).status).not.toBe(0);
    expect(asNobody("kill", "-0", String(pid())).status).not.toBe(0);
  });
});
