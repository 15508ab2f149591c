import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, openDatabase } from "@/lib/db/client";
import { withLock } from "@/lib/db/with-lock";
import { startInstance } from "@/lib/process/instance";
import { catchUncaught } from "@/test/support/catch-uncaught";
import { type KillablePostgres, startKillablePostgres } from "@/test/support/killable-postgres";
import { startJobs } from "./start-jobs";

let postgres: KillablePostgres;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  const variables = { NODE_ENV: "test", LOG_LEVEL: "silent", DATABASE_URL: postgres.url, AUTH_SECRET: "t".repeat(40) };
  sharedSlot("env").value = parseEnv(variables);
  sharedSlot("database").value = openDatabase(postgres.url);
});
afterAll(async () => {
  await database().pool.end();
  await postgres.stop();
});

let killedAt = new Date(0);

/**
 * How many connections of this name the server has that was started after the last kill, or null while it can't be asked: a
 * connection may outlive its killed server for a moment.
 */
const connectionsNamed = (name: string): Promise<number | null> =>
  database()
    .pool.query("select pg_postmaster_start_time() > $2 as fresh from pg_stat_activity where application_name = $1", [
      name,
      killedAt,
    ])
    .then(
      ({ rows, rowCount }) => (rows.every(({ fresh }) => fresh) ? rowCount : null),
      () => null,
    );

test("the queue, the instance's lock and a named lock outlive a killed PostgreSQL, and leave no error unhandled", async () => {
  const uncaught = catchUncaught();
  const instance = await startInstance();
  const stopJobs = await startJobs();
  for (const round of [1, 2]) {
    await expect.poll(() => connectionsNamed("cardesk-instance"), { message: `round ${round}` }).toBe(1);
    // Two at least: one that listens and one that fetches.
    await expect.poll(() => connectionsNamed("cardesk-jobs"), { message: `round ${round}` }).toBeGreaterThan(1);
    const held = Promise.withResolvers<void>();
    const killed = Promise.withResolvers<void>();
    const locked = withLock("held", async () => {
      held.resolve();
      await killed.promise;
    });
    await held.promise;
    try {
      killedAt = new Date();
      postgres.signal("SIGKILL");
      await expect.poll(() => connectionsNamed("cardesk-instance")).toBe(null);
    } finally {
      killed.resolve();
    }
    await expect(locked).resolves.toEqual({ value: undefined });
  }
  await expect.poll(() => connectionsNamed("cardesk-instance")).toBe(1);
  await stopJobs(10_000);
  await instance.stop();
  expect(uncaught.stop()).toEqual([]);
});
