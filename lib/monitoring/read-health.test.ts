import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { instance, upstreamStatus } from "@/lib/db/schema";
import { pollBillingJob } from "@/lib/queue";
import { handleJob } from "@/lib/runtime/jobs/handle-job";
import { acquirePermit, callGuardOf } from "@/lib/upstream/http/call-guard";
import { recordCall } from "@/lib/upstream/http/upstream-health";
import { recordPoll } from "@/lib/upstream-status";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { stopClock } from "@/test/support/stop-clock";
import { readInstances } from "./read-instances";
import { readJobs } from "./read-jobs";
import { readUpstreamHealth } from "./read-upstream-health";
import { readUpstreamStatus } from "./read-upstream-status";

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  process.env.ESPAI_API_KEY = "test-key-never-shown";
  process.env.TALKBOT_API_KEY = "another-key-never-shown";
  process.env.POTATO_ASK_KEY = "a-third";
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

const minute = (n: number) => new Date(Date.UTC(2026, 8, 21, 6, n));
const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => minute(30),
  db: database.db,
});

test("an instance is alive exactly while its lock is held, whatever its key's sign", async () => {
  const started = minute(0);
  const living = { id: "00000000-0000-4000-8000-000000000001", lockKey: -5_000_000_000n };
  const second = { id: "00000000-0000-4000-8000-000000000002", lockKey: 7n };
  const dead = { id: "00000000-0000-4000-8000-000000000003", lockKey: 8n };
  await database.db
    .insert(instance)
    .values([living, second, dead].map((row) => ({ ...row, startedAt: started, host: "console-1", pid: 42 })));
  const holder = new pg.Client({ connectionString: file.url });
  await holder.connect();
  await holder.query("select pg_advisory_lock($1), pg_advisory_lock($2)", ["-5000000000", "7"]);
  const alive = await readInstances({ ctx: ctx(), mine: second.id });
  expect(alive.map(({ id, mine }) => ({ id, mine }))).toEqual([
    { id: living.id, mine: false },
    { id: second.id, mine: true },
  ]);
  await holder.end();
});

test("without a queue every job is listed, idle", async () => {
  const job = handleJob(pollBillingJob, { everySeconds: () => 60, concurrency: 1, handler: async () => {} });
  expect(await readJobs({ ctx: ctx(), jobs: [job] })).toEqual([
    { name: "poll-billing", everySeconds: 60, waiting: 0, active: 0, failed: 0, lastDoneAt: null, lastFailedAt: null },
  ]);
});

test("a failing background read keeps the time of its last success", async () => {
  await database.db.delete(upstreamStatus);
  await recordPoll(database.db, { source: "espai.cards", at: minute(1), error: null });
  await recordPoll(database.db, {
    source: "espai.cards",
    at: minute(9),
    error: { key: "upstream.timeout", details: "no complete answer within 20000 ms" },
  });
  expect(await readUpstreamStatus({ ctx: ctx() })).toEqual([
    {
      upstream: "espai",
      state: "failing",
      lastSuccessAt: minute(1).toISOString(),
      error: { key: "upstream.timeout", details: "no complete answer within 20000 ms" },
    },
    { upstream: "potato", state: "not_configured", lastSuccessAt: null, error: null },
    { upstream: "talkbot", state: "ok", lastSuccessAt: null, error: null },
  ]);
});

test("five failures in a row open the breaker, and the screen can say since when and why", async () => {
  recordCall("talkbot", { fault: null, ms: 40, at: minute(2) });
  const guard = callGuardOf("talkbot");
  for (let failure = 0; failure < 5; failure += 1) {
    recordCall("talkbot", { fault: "connection_failed", ms: 10, at: minute(3 + failure) });
    const permit = await acquirePermit(guard, "read", 1_000);
    if (typeof permit !== "string") permit.release("failed");
  }
  const status = (await readUpstreamStatus({ ctx: ctx() })).find(({ upstream }) => upstream === "talkbot");
  expect(status).toEqual({
    upstream: "talkbot",
    state: "down",
    lastSuccessAt: minute(2).toISOString(),
    error: { key: "upstream.connection_failed", details: null },
  });
  const health = (await readUpstreamHealth({ ctx: ctx() })).find(({ upstream }) => upstream === "talkbot");
  expect(health).toMatchObject({
    configured: true,
    calls: 6,
    failures: 5,
    latencyP50: 10,
    latencyP95: 40,
    lastFailureAt: minute(7).toISOString(),
    breaker: { state: "open", failuresInARow: 5 },
  });
});

test("what is missing is named, what is set is not shown", async () => {
  const health = await readUpstreamHealth({ ctx: ctx() });
  expect(health.map(({ upstream, missing }) => ({ upstream, missing }))).toEqual([
    { upstream: "espai", missing: [] },
    { upstream: "potato", missing: ["POTATO_USER_TOKEN"] },
    { upstream: "talkbot", missing: [] },
  ]);
  expect(JSON.stringify(health)).not.toMatch(/never-shown|a-third/);
});

test("after the breaker's pause, what is polled stays down until it answers; what is not waits for the next call", async () => {
  stopClock();
  await recordPoll(database.db, { source: "espai.cards", at: minute(1), error: null });
  for (const upstream of ["espai", "talkbot"] as const) {
    for (let failure = 0; failure < 5; failure += 1) {
      const permit = await acquirePermit(callGuardOf(upstream), "read", 1_000);
      if (typeof permit !== "string") permit.release("failed");
    }
  }
  const states = async () =>
    Object.fromEntries((await readUpstreamStatus({ ctx: ctx() })).map(({ upstream, state }) => [upstream, state]));
  expect(await states()).toMatchObject({ espai: "down", talkbot: "down" });
  vi.advanceTimersByTime(120_000);
  expect(await states()).toMatchObject({ espai: "down", talkbot: "probing" });
});
