import { type AddressInfo, connect, createServer, type Socket } from "node:net";
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
  sharedSlot("env").value = parseEnv(variables());
  sharedSlot("database").value = openDatabase(postgres.url);
});
const variables = () => ({
  NODE_ENV: "test",
  LOG_LEVEL: "silent",
  DATABASE_URL: postgres.url,
  AUTH_SECRET: "t".repeat(40),
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

test("a pooler that says twice that its server has gone leaves no error unhandled, and the queue listens again", async () => {
  const pooler = await startPooler(postgres.url);
  sharedSlot("env").value = parseEnv({ ...variables(), DATABASE_URL: pooler.url });
  const uncaught = catchUncaught();
  const stopJobs = await startJobs();
  const opened = pooler.opened();
  pooler.loseServer();
  await expect.poll(pooler.opened, { timeout: 10_000 }).toBeGreaterThan(opened);
  await expect.poll(() => connectionsNamed("cardesk-jobs"), { timeout: 10_000 }).toBeGreaterThan(1);
  await stopJobs(10_000);
  await pooler.close();
  expect(uncaught.stop()).toEqual([]);
}, 40_000);

/** Passes everything on, as a pooler does; when it loses its server, each client hears of it twice at once. */
async function startPooler(url: string) {
  const clients = new Set<Socket>();
  let opened = 0;
  const behind = new URL(url).searchParams.get("host");
  const server = createServer((client) => {
    const upstream = connect(`${behind}/.s.PGSQL.5432`);
    clients.add(client);
    opened += 1;
    client.on("error", () => {}).on("close", () => upstream.destroy());
    upstream.on("error", () => {});
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { username, password, pathname } = new URL(url);
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://${username}:${password}@127.0.0.1:${port}${pathname}`,
    opened: () => opened,
    loseServer: () => {
      for (const client of clients) client.end(Buffer.concat([fatal("57P01"), fatal("08P01")]));
      clients.clear();
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An ErrorResponse of PostgreSQL's protocol. */
function fatal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0Mgone\0\0`);
  const head = Buffer.from("E    ");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
