import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOn } from "@/test/database";
import { catchUncaught } from "@/test/support/catch-uncaught";
import { type KillablePostgres, startKillablePostgres } from "@/test/support/killable-postgres";
import { type Database, limited, openDatabase, postgresVersion } from "./client";
import { isConnectionFault, toDatabaseFault } from "./errors";
import { pingDatabase } from "./ping-database";
import { prepared } from "./prepared";

const CLIENTS = 4;

let postgres: KillablePostgres;
let opened: Database;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  opened = openDatabase(postgres.url, CLIENTS, { screen: 2_000, patient: 20_000 });
});
afterAll(async () => {
  await opened.pool.end();
  await postgres.stop();
});

const one = () => opened.db.transaction((tx) => tx.execute<{ one: number }>(sql`select 1 as one`));
const answers = () =>
  one().then(
    () => true,
    () => false,
  );

test("PostgreSQL's version is known from the connections", async () => {
  const { rows } = await opened.db.execute<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  expect(postgresVersion()).toBe(rows[0]?.version);
});

/** Open as many transactions as there are clients, and hold them open until `release`. */
async function holdTransactions(): Promise<{ release: () => void; results: Promise<PromiseSettledResult<unknown>[]> }> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const begun = Array.from({ length: CLIENTS }, () => Promise.withResolvers<void>());
  const work = begun.map(({ resolve }) =>
    opened.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      resolve();
      await released;
      await tx.execute(sql`select 1`);
    }),
  );
  const results = Promise.allSettled(work);
  await Promise.all(begun.map(({ promise }) => promise));
  return { release, results };
}

test("a console opens few connections: each is a process of PostgreSQL", async () => {
  const { pool } = openDatabase(postgres.url);
  await Promise.all(Array.from({ length: 40 }, () => pool.query("select 1")));
  expect(pool.totalCount).toBe(12);
  await pool.end();
});

test("a PostgreSQL killed in the middle of transactions fails them, and leaves no error unhandled", async () => {
  const uncaught = catchUncaught();
  for (const round of [1, 2]) {
    const { release, results } = await holdTransactions();
    const running = opened.db.transaction((tx) => tx.execute(sql`select pg_sleep(60)`)).catch((error) => error);
    postgres.signal("SIGKILL");
    // Only once every broken connection has been noticed may the transactions go on.
    await expect.poll(answers, { message: `round ${round}` }).toBe(false);
    release();
    for (const result of await results) {
      expect(result.status).toBe("rejected");
      expect(isConnectionFault(result.status === "rejected" && result.reason)).toBe(true);
    }
    expect(isConnectionFault(await running)).toBe(true);
    await expect.poll(answers, { message: `round ${round}` }).toBe(true);
  }
  expect(uncaught.stop()).toEqual([]);
});

test("transactions that could not begin take no client out of the pool", async () => {
  for (let i = 0; i < CLIENTS; i++) {
    const begun = opened.db.transaction((tx) => tx.execute(sql`select 1`), {
      isolationLevel: "none such" as "serializable",
    });
    await expect(begun).rejects.toMatchObject({ cause: { code: "42601" } });
  }
  await expect(one()).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

test("a kept statement goes on when a newer console's migration changes the type of what it returns", async () => {
  await runOn(postgres.ownerUrl, "create table typed as select 7 as value; grant all on typed to cardesk_app");
  const read = prepared((db) => db.select({ value: sql`value` }).from(sql`typed`));
  const onAll = () => Promise.all(Array.from({ length: CLIENTS }, () => read(opened.db).execute()));
  const inTransactions = () =>
    Promise.all(Array.from({ length: CLIENTS }, () => opened.db.transaction((tx) => read(tx).execute())));
  for (const type of ["bigint", "text", "integer using value::integer"]) {
    await onAll();
    await inTransactions();
    await runOn(postgres.ownerUrl, `alter table typed alter value type ${type}`);
    const value = type.startsWith("integer") ? 7 : "7";
    for (const rows of [...(await onAll()), ...(await inTransactions())]) expect(rows).toEqual([{ value }]);
  }
});

const kept = async (name: string): Promise<unknown[]> =>
  (await opened.db.execute<{ name: string }>(sql`select name from kept where name = ${name}`)).rows;

describe("a frozen PostgreSQL", () => {
  beforeAll(async () => {
    await runOn(postgres.ownerUrl, "create table kept (name text); grant all on kept to cardesk_app");
  });

  test("is answered to as unavailable after the time limit, and nothing of the pool is lost", async () => {
    const { release, results } = await holdTransactions();
    postgres.signalAll("SIGSTOP");
    try {
      release();
      for (const result of await results)
        expect(toDatabaseFault(result.status === "rejected" && result.reason)).toMatchObject({ key: "database_away" });
      expect(toDatabaseFault(await opened.db.execute(sql`select 1`).catch((error: unknown) => error))).not.toBe(null);
      expect(await pingDatabase(100, (limitMs) => opened.pool.query(limited({ text: "select 1" }, limitMs)))).toBe(
        false,
      );
    } finally {
      postgres.signalAll("SIGCONT");
    }
    await expect.poll(answers).toBe(true);
    await expect(Promise.all(Array.from({ length: CLIENTS * 2 }, one))).resolves.toHaveLength(CLIENTS * 2);
  });

  test("a transaction whose statement was given up is never committed, not by the next caller either", async () => {
    const given = opened.db.transaction(async (tx) => {
      await tx.execute(sql`insert into kept values ('half')`);
      postgres.signalAll("SIGSTOP");
      await tx.execute(sql`select 1`);
    });
    await expect(given).rejects.toThrow();
    postgres.signalAll("SIGCONT");
    await expect.poll(answers).toBe(true);
    await Promise.all(Array.from({ length: CLIENTS * 2 }, one));
    expect(await kept("half")).toEqual([]);
  });
});

test("statements behind a lock are given up at a screen, have time in a job, and end at the server", async () => {
  const { pool } = openDatabase(postgres.url, 1);
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("lock table kept in access exclusive mode");
  const waiting = sql`select name from kept`;
  const job = opened.patientDb.execute(waiting);
  const screen = await opened.db.execute(waiting).catch((error: unknown) => error);
  expect(toDatabaseFault(screen)).toMatchObject({ code: "unavailable", key: "database_away" });
  const blocked = "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%from kept%'";
  await expect.poll(async () => (await holder.query(blocked)).rowCount).toBe(1);
  await holder.query("commit");
  await expect(job).resolves.toMatchObject({ rows: [] });
  holder.release();
  await pool.end();
});
