import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import { sealAudit } from "@/lib/audit/seal-audit";
import { systemContext } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { outputOf } from "@/test/support/output-of";
import { type DataLock, lockDataFolder } from "../launcher/data-lock.ts";
import { loadSecrets, postgresPasswords } from "../launcher/secrets.ts";
import { claimDatabase } from "../postgres/claim-database.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { type Postgres, startPostgres } from "../postgres/start-postgres.ts";
import { checkArchive, readArchive, writeArchive } from "./archive.ts";
import { restoreDatabase } from "./restore-database.ts";
import { takeBackup } from "./take-backup.ts";

const ANN = "00000000-0000-4000-8000-00000000000a";
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const LATER = "now() + interval '1 hour'";

let folder: string;
let source: TestDatabase;
let file: string;
let keys: { rows: string; secrets: string };
let recipients: { rows: string; secrets: string };
let counts: Record<string, number>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-backup-"));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  file = join(folder, "first.backup");
  keys = { rows: await generateIdentity(), secrets: await generateIdentity() };
  recipients = {
    rows: await identityToRecipient(keys.rows),
    secrets: await identityToRecipient(keys.secrets),
  };
  source = await createTestDatabase();
  await claimDatabase(source.ownerUrl, "real");
  await grantToApp(source.ownerUrl, source.url);
  const { APP_KEYS } = loadSecrets(folder);
  sharedSlot("env").value = parseEnv({ APP_KEYS, DATA_DIR: folder, DATABASE_URL: source.url, LOG_LEVEL: "silent" });
  sharedSlot("database").value = openDatabase(source.url);
  await runOn(source.url, stored);
  const ctx = systemContext();
  for (const action of ["test.one", "test.two"]) await recordAudit(ctx.db, ctx, { action });
  await sealAudit({ ctx });
  counts = await countRows(source.url);
  // While the console writes: of what comes after its first look nothing is in the backup.
  const backup = run("backup.ts", [file], { DATABASE_URL: source.url });
  const busy = keepAdding(source.url);
  const { code, output } = await backup.finally(() => busy.stop());
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("every row came back") });
});
afterAll(async () => {
  await database().pool.end();
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a console has stored: of every kind of row that a restore must not leave as it was. */
const stored = `
  insert into "user" (id, username, role) values ('${ANN}', 'ann', 'admin');
  insert into session (user_id, expires_at) values ('${ANN}', ${LATER});
  insert into one_time_link (kind, token_hash, user_id, expires_at) values ('reset', 'x', '${ANN}', ${LATER});
  insert into approval (id, subject_kind, subject_ids, reason, requested_by, requested_by_name, requested_at, expires_at,
    state) values ('${idOf(50)}', 'password_reset', '{${idOf(51)}}', 'x', '${ANN}', 'ann', now(), ${LATER}, 'pending');
  insert into card (id, code, type, balance, user_name, first_seen_at, read_at)
    select 'card' || n, 'CODE' || n, '1', n, '望舒' || n, now(), now() from generate_series(1, 5000) n;
  insert into card_balance (card_id, at, balance, source) select id, now(), balance, 'sync' from card;
  insert into batch (id, key_type, wanted, state, paused_reason, created_by_name, created_at, updated_at) values
    ('${idOf(1)}', 1, 50, 'generating', null, 'ann', now(), now()),
    ('${idOf(2)}', 2, 50, 'paused', 'unreachable', 'ann', now(), now()),
    ('${idOf(3)}', 3, 50, 'done', null, 'ann', now(), now());
  insert into operation (id, kind, state, params, actor_name, created_at, expires_at, intent_at, sent_at, baseline) values
    ('${idOf(10)}', 'transfer', 'draft', '{}', 'ann', now(), ${LATER}, null, null, null),
    ('${idOf(11)}', 'transfer', 'intent', '{}', 'ann', now(), ${LATER}, now(), null, null),
    ('${idOf(12)}', 'transfer', 'sent', '{}', 'ann', now(), ${LATER}, now(), now(), '{"kind":"balances"}'),
    ('${idOf(13)}', 'transfer', 'unknown', '{}', 'ann', now(), ${LATER}, now(), now(), '{"kind":"balances"}'),
    ('${idOf(14)}', 'generate', 'sent', '{}', 'ann', now(), ${LATER}, now(), now(), '{"kind":"listing"}'),
    ('${idOf(15)}', 'transfer', 'done', '{}', 'ann', now(), ${LATER}, now(), now(), '{"kind":"balances"}');
  insert into operation_card (operation_id, card_id, role, open) values ('${idOf(11)}', 'card1', 'source', true);
  insert into alert_channel values ('${idOf(60)}', 'webhook', 'x', true, '\\x00ff', 'x', now(), now());
  insert into alert_event (at, rule, subject, kind, severe, params) values (now(), 'amount', '', 'fired', true, '{}');
  insert into alert_state values ('amount', '', true, now());
  insert into alert_notice select '${idOf(60)}', id from alert_event;
  insert into alert_delivery (id, channel_id, test, text, state, next_at, created_at)
    values ('${idOf(61)}', '${idOf(60)}', false, 'x', 'waiting', now(), now());
  insert into card_key (batch_id, operation_id, upstream_id, key_type, last4, cipher, fingerprint, recorded_at)
    values ('${idOf(3)}', '${idOf(15)}', '1', 3, 'WXYZ', '\\x00ff', 'f', now());`;

async function countRows(url: string): Promise<Record<string, number>> {
  const tables = await runOn(
    url,
    "select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const rows = await runOn(
    url,
    tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from "${name}"`).join(" union all "),
  );
  return Object.fromEntries(rows.map(({ name, count }) => [String(name), Number(count)]));
}

/** Pairs of rows, one transaction each: a backup that is no single moment would have one without the other. */
function keepAdding(url: string): { stop(): Promise<void> } {
  let stopped = false;
  const adding = (async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (let n = 1; !stopped; n++)
      await client.query(`begin; insert into known_device values (gen_random_uuid(), '${ANN}', now(), now());
        insert into sign_in_failure values ('busy${n}', 1, now()); commit`);
    await client.end();
  })();
  return {
    stop: async () => {
      stopped = true;
      await adding;
    },
  };
}

function run(
  name: string,
  argv: string[],
  variables: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const entry = fileURLToPath(new URL(name, import.meta.url));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["--conditions=react-server", entry, ...argv], {
    env: {
      NODE_ENV: "test",
      PATH,
      HOME,
      DATA_DIR: folder,
      DATABASE_URL: "",
      DATABASE_OWNER_URL: "",
      APP_KEYS: "",
      AUTH_SECRET: "",
      BACKUP_RECIPIENT: recipients.rows,
      BACKUP_SECRETS_RECIPIENT: recipients.secrets,
      ...variables,
    },
  });
  return outputOf(child);
}

const opened = () => ({ BACKUP_KEY: keys.rows, BACKUP_SECRETS_KEY: keys.secrets });

describe("a machine that is gone, from the two files and the two keys", () => {
  let fresh: string;
  let restored: Record<string, number>;
  let output: string;
  let postgres: Postgres;
  let lock: DataLock;

  beforeAll(async () => {
    fresh = mkdtempSync(join(tmpdir(), "cardesk-restored-"));
    chmodSync(fresh, 0o755);
    const done = await run("restore.ts", [file], { DATA_DIR: fresh, ...opened() });
    output = done.output;
    expect(done).toMatchObject({ code: 0 });
    // As a launcher that runs on it.
    lock = lockDataFolder(fresh);
    const passwords = postgresPasswords(loadSecrets(fresh));
    postgres = await startPostgres({ folder: fresh, passwords, settings: { fsync: "off" } });
    restored = await countRows(postgres.url);
  });
  afterAll(async () => {
    await postgres.stop();
    lock.release();
    rmSync(fresh, { recursive: true, force: true });
  });
  const ask = (text: string) => runOn(postgres.url, text);

  test("every table is as long as it was; what two tables got together is there together", async () => {
    const { known_device, sign_in_failure, audit, setting, ...others } = restored;
    expect(known_device).toBe(sign_in_failure);
    const { known_device: _, sign_in_failure: __, audit: was, setting: had = 0, ...expected } = counts;
    // What people were to be told then is let go.
    expect(others).toEqual({ ...expected, alert_notice: 0, alert_state: 0 });
    // The pause, what is known of the restore, and the canary of the app key.
    expect(setting).toBe(had + 3);
    // The two records of before; the three calls in doubt, the restore and the pause.
    expect([was, audit]).toEqual([2, 7]);
    expect(await ask("select user_name from card where id = 'card77' and name_key = '望舒77'")).toHaveLength(1);
  });

  test("numbers go on where they were", async () => {
    await ask("insert into card_balance (card_id, at, source) values ('card1', now(), 'read')");
    expect(await ask("select max(id)::int as id from card_balance")).toEqual([{ id: 5001 }]);
  });

  test("the audit is as it was written, and says that there was a restore", async () => {
    expect(output).toContain("2 records, none changed");
    const rows = await ask("select action from audit where mac is not null order by id");
    const actions = rows.map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(["test.one", "test.two"]);
    expect(actions.slice(-2)).toEqual(["backup.restored", "writes.paused"]);
    const verified = await run("../audit/verify.ts", [], { DATA_DIR: fresh });
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining("5 more are of the last moments") });
  });

  test("nothing is sent: writes are paused, and the reason says until when the backup reaches", async () => {
    const { head } = await checkArchive(file, keys.rows);
    const [paused] = await ask("select value from setting where key = 'writes_paused'");
    expect(JSON.stringify(paused)).toContain(head.takenAt);
    expect(output).toContain(head.takenAt);
  });

  test("what was about to be sent counts as perhaps sent; balances of before prove nothing", async () => {
    const rows = await ask(
      "select right(id::text, 2) as id, state, baseline->>'kind' as kind, reason, next_reconcile_at is not null as due from operation where state <> 'draft' order by id",
    );
    expect(rows).toEqual([
      { id: "11", state: "unknown", kind: null, reason: "restored", due: true },
      { id: "12", state: "unknown", kind: null, reason: "restored", due: true },
      { id: "13", state: "unknown", kind: null, reason: null, due: true },
      { id: "14", state: "unknown", kind: "listing", reason: "restored", due: true },
      { id: "15", state: "done", kind: "balances", reason: null, due: false },
    ]);
    expect(await ask("select id from operation where state = 'draft' and expires_at > now()")).toEqual([]);
    expect(await ask("select card_id from operation_card where open")).toEqual([{ card_id: "card1" }]);
  });

  test("no batch makes keys by itself, also not when the upstream is back", async () => {
    const rows = await ask("select state, paused_reason from batch order by id");
    expect(rows).toEqual([
      { state: "paused", paused_reason: "restored" },
      { state: "paused", paused_reason: "restored" },
      { state: "done", paused_reason: null },
    ]);
  });

  test("sessions, links and approvals of before are over", async () => {
    for (const text of [
      "select from session where revoked_at is null",
      "select from one_time_link where expires_at > now()",
      "select from approval where expires_at > now()",
    ])
      expect(await ask(text)).toHaveLength(0);
  });

  test("people are not told what was to be told at the time of the backup", async () => {
    expect(await ask("select state, error_key from alert_delivery")).toEqual([
      { state: "given_up", error_key: "restored" },
    ]);
    expect(await ask("select from alert_notice")).toEqual([]);
    // Else the first check would call well again what was wrong at the time of the backup.
    expect(await ask("select from alert_state")).toEqual([]);
  });

  test("the guards hold again, for the console's own role", async () => {
    await expect(ask("update audit set action = 'x'")).rejects.toThrow("permission denied");
    await expect(ask(`update operation set state = 'sent' where id = '${idOf(15)}'`)).rejects.toThrow("is not a move");
    await expect(runOn(postgres.ownerUrl, "delete from audit")).rejects.toThrow("never changed");
  });
});

test("the file of rows opens without the secrets' key, but holds none; only its owner may read it", async () => {
  for (const path of [file, `${file}.secrets`]) expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(checkArchive(file, keys.secrets)).rejects.toThrow("does not open with this key");
  let plain = "";
  for await (const part of readArchive(file, keys.rows)) plain += part.type === "rows" ? part.bytes.toString() : "";
  const { APP_KEYS, AUTH_SECRET } = loadSecrets(folder);
  expect(plain).toContain("望舒77");
  for (const secret of [APP_KEYS.split(":")[1] ?? "?", AUTH_SECRET]) expect(plain).not.toContain(secret);
});

test("what can't be written is said in one sentence before anything is: no folder, secrets of an earlier backup", async () => {
  const nowhere = join(folder, "nowhere/new.backup");
  const sentence = `There is no folder ${join(folder, "nowhere")}: make it first.\n`;
  expect(await run("backup.ts", [nowhere], { DATABASE_URL: source.url })).toMatchObject({ code: 1, output: sentence });
  const later = join(folder, "later.backup");
  writeFileSync(`${later}.secrets`, "of an earlier one");
  expect(await run("backup.ts", [later], { DATABASE_URL: source.url })).toMatchObject({
    code: 1,
    output: expect.stringContaining("later.backup.secrets is there already"),
  });
  expect(existsSync(later)).toBe(false);
});

test("a typing error in DATA_DIR makes no folder", async () => {
  const typed = join(folder, "dtaa");
  expect(await run("backup.ts", [join(folder, "x.backup")], { DATA_DIR: typed })).toMatchObject({
    code: 1,
    output: expect.stringContaining("holds no data of Cardesk"),
  });
  expect(existsSync(typed)).toBe(false);
});

test("a file that is there stays, unless it is to be replaced", async () => {
  const path = join(folder, "taken.backup");
  const part = { type: "end" } as const;
  const write = (replace: boolean) =>
    writeArchive(path, { parts: Readable.from([part]), recipients: [recipients.rows], replace });
  await write(false);
  const before = readFileSync(path);
  await expect(write(false)).rejects.toThrow("is there already");
  expect(readFileSync(path).equals(before)).toBe(true);
  await write(true);
  expect(readFileSync(path).equals(before)).toBe(false);
  expect(existsSync(`${path}.part`)).toBe(false);
});

describe("a backup that is not whole", () => {
  const flipped = (bytes: Buffer) => {
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 99) ^ 1, bytes.length - 99);
    return bytes;
  };

  test.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1000)],
    ["changed", flipped],
    ["longer", (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("x")])],
  ])("%s: it is refused", async (name, change) => {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(file)));
    await expect(checkArchive(path, keys.rows)).rejects.toThrow(/damaged|not whole/);
  });

  test("restores nothing: the folder is as it was", async () => {
    const fresh = mkdtempSync(join(folder, "fresh-"));
    const path = join(folder, "damaged");
    writeFileSync(path, flipped(readFileSync(file)));
    copyFileSync(`${file}.secrets`, `${path}.secrets`);
    const done = await run("restore.ts", [path], { DATA_DIR: fresh, ...opened() });
    expect(done).toMatchObject({ code: 1, output: expect.stringContaining("is damaged") });
    expect(readdirSync(fresh)).toEqual([]);
  });
});

describe("into a database", () => {
  let target: TestDatabase;
  beforeAll(async () => {
    target = await createTestDatabase();
  });
  afterAll(() => target.drop());
  const archiveOf = () => checkArchive(file, keys.rows);
  const empty = () =>
    runOn(target.ownerUrl, "drop schema if exists public, drizzle, pgboss cascade; create schema public");

  test("that holds a console's tables: refused", async () => {
    const options = { ownerUrl: target.ownerUrl, archive: await archiveOf(), keys: [] };
    await expect(restoreDatabase({ ...options, parts: readArchive(file, keys.rows) })).rejects.toThrow("not empty");
  });

  test("from a newer version: refused, and nothing is written", async () => {
    await empty();
    const archive = await archiveOf();
    const newer = { ...archive, head: { ...archive.head, migration: archive.head.migration + 1 } };
    const options = { ownerUrl: target.ownerUrl, archive: newer, keys: [] };
    await expect(restoreDatabase({ ...options, parts: readArchive(file, keys.rows) })).rejects.toThrow("newer Cardesk");
    expect(await runOn(target.ownerUrl, "select to_regnamespace('drizzle') as found")).toEqual([{ found: null }]);
  });

  test("that ends half-way: no row is there, and no console starts on it", async () => {
    await empty();
    async function* half() {
      let rows = 0;
      for await (const part of readArchive(file, keys.rows)) {
        if (part.type === "table" && ++rows > 5) throw new Error("the disk went away");
        yield part;
      }
    }
    const options = { ownerUrl: target.ownerUrl, archive: await archiveOf(), keys: [] };
    await expect(restoreDatabase({ ...options, parts: half() })).rejects.toThrow("the disk went away");
    const left = await countRows(target.ownerUrl);
    expect(Object.values(left).reduce((sum, count) => sum + count)).toBe(0);
    await expect(claimDatabase(target.ownerUrl, "real")).rejects.toThrow("not finished");
    await expect(restoreDatabase({ ...options, parts: readArchive(file, keys.rows) })).rejects.toThrow("not finished");
  });
});

test("a backup that would not restore is none: rows that were lost on the way are found", async () => {
  const path = join(folder, "lossy.backup");
  async function* lossy() {
    for await (const part of readArchive(file, keys.rows))
      yield part.type === "table" && part.table.table === "card"
        ? { ...part, table: { ...part.table, rows: 1 } }
        : part;
  }
  await writeArchive(path, { parts: lossy(), recipients: [recipients.rows], replace: false });
  const target = await createTestDatabase();
  await runOn(target.ownerUrl, "drop schema public, drizzle, pgboss cascade; create schema public");
  const options = { ownerUrl: target.ownerUrl, archive: await checkArchive(path, keys.rows), keys: [] };
  const restoring = restoreDatabase({ ...options, parts: readArchive(path, keys.rows) });
  await expect(restoring).rejects.toThrow("card has 5000 rows, and 1 in the backup");
  await target.drop();
});

test("a taken backup is in the audit with its sum, and the health page can say when it was", async () => {
  const path = join(folder, "second.backup");
  const secrets = loadSecrets(folder);
  await takeBackup({ url: source.url, path, secrets, recipients, replace: false, restore: false });
  const rows = await runOn(
    source.url,
    "select detail from audit where action = 'backup.taken' order by id desc limit 1",
  );
  expect(rows).toEqual([{ detail: expect.objectContaining({ file: "second.backup", sha256: expect.any(String) }) }]);
  const [last] = await runOn(source.url, "select value from setting where key = 'last_backup'");
  expect(last).toMatchObject({ value: { restored: false, takenAt: expect.any(String) } });
});

test("new keys are shown once: two that open, two that only encrypt; without the latter nothing is taken", async () => {
  const { code, output } = await run("backup.ts", ["--new-keys"], {});
  const shown = new Map([...output.matchAll(/^(BACKUP_\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value ?? ""]));
  expect([code, ...shown.keys()]).toEqual([
    0,
    "BACKUP_KEY",
    "BACKUP_SECRETS_KEY",
    "BACKUP_RECIPIENT",
    "BACKUP_SECRETS_RECIPIENT",
  ]);
  expect(await identityToRecipient(shown.get("BACKUP_KEY") ?? "")).toBe(shown.get("BACKUP_RECIPIENT"));
  expect(shown.get("BACKUP_RECIPIENT")).not.toBe(shown.get("BACKUP_SECRETS_RECIPIENT"));
  const same = { BACKUP_SECRETS_RECIPIENT: recipients.rows, DATABASE_URL: source.url };
  const refused = await run("backup.ts", [join(folder, "same.backup")], same);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("are the same") });
  expect(existsSync(join(folder, "same.backup"))).toBe(false);
});
