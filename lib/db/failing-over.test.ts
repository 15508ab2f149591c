import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { startInstance } from "@/lib/process/instance";
import { checkServer } from "@/server/postgres/check-server";
import { runOn } from "@/test/database";
import { type KillablePostgres, REPLICATED, startKillablePostgres } from "@/test/support/killable-postgres";
import { type Database, openDatabase } from "./client";
import { isConnectionFault, toDatabaseFault } from "./errors";

let postgres: KillablePostgres;
let opened: Database;
beforeAll(async () => {
  postgres = await startKillablePostgres(REPLICATED);
  await runOn(postgres.ownerUrl, "create table kept (n int); grant all on kept to cardesk_app");
  opened = openDatabase(postgres.url, 1);
});
afterAll(async () => {
  await opened.pool.end();
  await postgres.stop();
});

const insert = (n: number) => opened.db.transaction((tx) => tx.execute(sql`insert into kept values (${n})`));
const rowsOf = async (n: number) => (await runOn(postgres.ownerUrl, `select n from kept where n = ${n}`)).length;
const setting = async (name: string) =>
  (await opened.db.execute<{ value: string }>(sql`select current_setting(${name}) as value`)).rows[0]?.value;

test("a connection means a commit as the journal needs it, whatever the server's default", async () => {
  expect(await setting("synchronous_commit")).toBe("on");
  await runOn(postgres.adminUrl, "alter role cardesk_app set synchronous_commit = 'remote_apply'");
  const { pool } = openDatabase(postgres.url, 1);
  expect((await pool.query("show synchronous_commit")).rows).toEqual([{ synchronous_commit: "remote_apply" }]);
  await pool.end();
});

test("the server gives a statement up later than we do: a commit it gives up would be reported as done", async () => {
  const seconds = Number.parseInt((await setting("statement_timeout")) ?? "", 10);
  expect(seconds).toBeGreaterThan(35);
  expect(await setting("lock_timeout")).toBe("10s");
});

test.each([
  ["in a transaction", insert],
  ["alone", (n: number) => opened.db.execute(sql`insert into kept values (${n})`)],
])("a connection that can only read any more (25006) is dropped after one write %s", async (_, write) => {
  // As a primary that was demoted under it.
  await opened.pool.query("set default_transaction_read_only = on");
  const refused = await write(1).catch((error: unknown) => error);
  expect(toDatabaseFault(refused)).toMatchObject({ key: "database_away" });
  await write(2);
  expect(await rowsOf(2)).toBeGreaterThan(0);
});

test.each(["57P01", "57P02", "57P03", "08006"])("a connection whose server says %s is dropped", async (code) => {
  const { rows } = await opened.pool.query("select pg_backend_pid() as pid");
  const raise = sql.raw(`do $$ begin raise exception 'gone' using errcode = '${code}'; end $$`);
  const refused = await opened.db.transaction((tx) => tx.execute(raise)).catch((error: unknown) => error);
  expect(toDatabaseFault(refused)).toMatchObject({ key: "database_away" });
  expect((await opened.pool.query("select pg_backend_pid() as pid")).rows).not.toEqual(rows);
});

test("an error of the statement alone keeps its connection", async () => {
  const { rows } = await opened.pool.query("select pg_backend_pid() as pid");
  await expect(opened.db.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow();
  expect((await opened.pool.query("select pg_backend_pid() as pid")).rows).toEqual(rows);
});

test("a commit that was a rollback, because a failed statement was passed over, does not count as done", async () => {
  const passedOver = opened.db.transaction(async (tx) => {
    await tx.execute(sql`insert into kept values (6)`);
    await tx.execute(sql`select 1 / 0`).catch(() => undefined);
  });
  const error = await passedOver.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ cause: { message: expect.stringContaining("rollback") } });
  // It is no fault of the database's, and trying again is of no use.
  expect([toDatabaseFault(error), isConnectionFault(error)]).toEqual([null, false]);
  expect(await rowsOf(6)).toBe(0);
});

test("a commit whose wait for a standby was cancelled is reported as done, and does not count as done", async () => {
  // A role may be told to hear of errors alone: the warning is heard all the same.
  await runOn(postgres.adminUrl, "alter role cardesk_app set client_min_messages = 'error'");
  await opened.pool.end();
  opened = openDatabase(postgres.url, 1);
  await runOn(postgres.adminUrl, "alter system set synchronous_standby_names = 'nobody'");
  await runOn(postgres.adminUrl, "select pg_reload_conf()");
  await expect.poll(() => setting("synchronous_standby_names")).toBe("nobody");
  const committed = insert(3).catch((error: unknown) => error);
  const cancelled = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";
  await expect.poll(async () => (await runOn(postgres.adminUrl, cancelled)).length).toBe(1);
  expect(toDatabaseFault(await committed)).toMatchObject({ code: "unavailable", key: "database_away" });
  // It is here, and would not be on a standby that takes over.
  expect(await rowsOf(3)).toBe(1);
  await runOn(postgres.adminUrl, "alter system reset synchronous_standby_names");
  await runOn(postgres.adminUrl, "select pg_reload_conf()");
  await expect.poll(() => setting("synchronous_standby_names")).toBe("");
  await insert(4);
});

test("a standby is no database to work with: no connection to it is given out, and no instance lock is held there", async () => {
  sharedSlot("env").value = parseEnv({ DATABASE_URL: postgres.url, LOG_LEVEL: "silent" });
  sharedSlot("database").value = opened;
  const instance = await startInstance();
  const locks = async () =>
    (
      await runOn(postgres.adminUrl, "select objid from pg_locks where locktype = 'advisory' and granted").catch(
        () => [],
      )
    ).length;
  expect(await locks()).toBe(1);

  postgres.demote();
  const standby = "select from pg_database where pg_is_in_recovery() limit 1";
  await expect.poll(async () => (await runOn(postgres.adminUrl, standby).catch(() => [])).length, WAIT).toBe(1);
  // It could be read, and would show what was.
  const refused = await opened.db.execute(sql`select 1`).catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { code: "25006" } });
  expect(toDatabaseFault(refused)).toMatchObject({ key: "database_away" });
  await expect(checkServer(postgres.ownerUrl, { mustBeDurable: false, log: () => {} })).rejects.toThrow(/is a standby/);
  // Several attempts to take it again come by.
  for (let i = 0; i < 20; i++) expect(await locks()).toBe(0);

  await runOn(postgres.adminUrl, "select pg_promote()");
  await expect.poll(locks, WAIT).toBe(1);
  await insert(5);
  await instance.stop();
}, 60_000);

const WAIT = { timeout: 20_000 };
