import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catchUncaught } from "@/test/support/catch-uncaught";
import { type KillablePostgres, startKillablePostgres } from "@/test/support/killable-postgres";
import { type Database, openDatabase } from "./client";
import { isConnectionFault } from "./errors";

const CLIENTS = 4;

let postgres: KillablePostgres;
let opened: Database;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  opened = openDatabase(postgres.url, CLIENTS);
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
