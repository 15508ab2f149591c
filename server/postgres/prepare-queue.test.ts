import pg from "pg";
import { getRollbackPlans, PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { waitUntil } from "../process/wait-until.ts";
import { grantToApp } from "./grant-to-app.ts";
import { migrate } from "./migrate.ts";
import { isQueueCurrent } from "./prepare-queue.ts";

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  // A queue that was stopped closes its last connections a moment later.
  const others = "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await waitUntil(async () => (await owner.query(others)).rowCount === 0, 30_000);
  await owner.end();
  await database.drop();
});

const restricted = {
  migrate: false,
  createSchema: false,
  reindex: false,
  schedule: false,
  useListenNotify: true,
} as const;

test("the running console's role makes a queue, sends and works, and maintains, without a right to the tables", async () => {
  const boss = new PgBoss({ connectionString: database.url, ...restricted });
  const complaints: unknown[] = [];
  boss.on("error", (error) => complaints.push(error));
  await boss.start();
  const done = Promise.withResolvers<unknown>();
  await boss.createQueue("greet", { notify: true, deleteAfterSeconds: 1 });
  await boss.work("greet", async ([job]) => done.resolve(job?.data));
  await boss.send("greet", { name: "ming" });
  expect(await done.promise).toEqual({ name: "ming" });
  await boss.supervise();
  await boss.stop({ graceful: true, timeout: 5_000 });
  expect(complaints).toEqual([]);
});

test("an older queue is brought up to date by the owner, its indexes included", async () => {
  await owner.query(getRollbackPlans("pgboss"));
  expect(await isQueueCurrent(owner)).toBe(false);
  const old = new PgBoss({ connectionString: database.url, ...restricted });
  await expect(old.start()).rejects.toThrow("requires migrations");
  await migrate(database.ownerUrl);
  await grantToApp(database.ownerUrl, database.url);
  expect(await isQueueCurrent(owner)).toBe(true);
  const boss = new PgBoss({ connectionString: database.url, ...restricted });
  await boss.start();
  await expect(boss.send("greet", {})).resolves.toEqual(expect.any(String));
  await boss.stop({ graceful: true, timeout: 5_000 });
});
