import { count, desc, eq, getTableColumns, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { card, cardBalance, cardEvent, cardSeen, setting, syncRun, upstreamStatus } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import { recordPoll } from "@/lib/upstream-status";
import { changeOptions, defaultOptions } from "@/sandbox/core/options";
import { type Sandbox, startSandbox } from "@/sandbox/start-sandbox";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readSyncStatus } from "./read-sync-status";
import { syncCards } from "./sync-cards";

let file: TestDatabase;
let sandbox: Sandbox;

beforeAll(async () => {
  file = await createTestDatabase();
  sandbox = await startSandbox({ cards: 60, keys: 0 });
  vi.stubEnv("DATABASE_URL", file.url);
  vi.stubEnv("ESPAI_BASE_URL", sandbox.espai);
  vi.stubEnv("ESPAI_API_KEY", sandbox.credentials.espaiKey);
  vi.stubEnv("ALLOW_INSECURE_LOOPBACK_UPSTREAMS", "1");
  vi.stubEnv("UPSTREAM_TIMEOUT_MS", "120000");
  vi.stubEnv("LOG_LEVEL", "silent");
});

afterAll(async () => {
  await sandbox.close();
  await database().pool.end();
  await file.drop();
});

beforeEach(async () => {
  changeOptions(sandbox.context.state.options, defaultOptions());
  await sandbox.reset();
});

afterEach(async () => {
  const { db } = database();
  await db.delete(card);
  await db.delete(cardSeen);
  await db.delete(cardBalance);
  await db.delete(syncRun);
  await db.delete(setting);
});

const ctx = (): Ctx => systemContext();
const sync = (pageSize = 25) => syncCards({ ctx: ctx(), input: { trigger: "schedule", pageSize } });
const option = (options: Parameters<typeof changeOptions>[1]) => changeOptions(sandbox.context.state.options, options);

async function mirrored() {
  const rows = await database()
    .db.select({ ...getTableColumns(card), missed: cardSeen.missed })
    .from(card)
    .innerJoin(cardSeen, eq(cardSeen.cardId, card.id));
  return new Map(rows.map((row) => [row.id, row]));
}

async function lastRun() {
  const [run] = await database().db.select().from(syncRun).orderBy(desc(syncRun.id)).limit(1);
  if (!run) throw new Error("no run");
  return run;
}

const goneIds = async () =>
  (await database().db.select({ id: card.id }).from(card).where(isNotNull(card.goneAt))).map((row) => row.id);

function anyCard() {
  const [id] = sandbox.store.cards.keys();
  if (!id) throw new Error("no cards");
  return id;
}

test("mirrors every card as the upstream has it", async () => {
  expect(await sync()).toEqual({ state: "done", full: true });
  const rows = await mirrored();
  expect([...rows.keys()].sort()).toEqual([...sandbox.store.cards.keys()].sort());
  for (const [id, upstream] of sandbox.store.cards) {
    const row = rows.get(id);
    expect(row).toMatchObject({ code: upstream.code, type: upstream.type, goneAt: null, missed: 0 });
    expect(row?.phone).toBe(upstream.user_phone === null ? null : String(upstream.user_phone));
    if (typeof upstream.api_limit === "number" && upstream.api_limit >= 0)
      expect(row?.balance).toBe(upstream.api_limit);
  }
  expect(await lastRun()).toMatchObject({ state: "done", rowsRead: 60, rowsExpected: 60, changed: 60, full: true });
  expect(await readSyncStatus({ ctx: ctx() })).toMatchObject({ error: null, running: null, partial: false });
});

describe("whatever the upstream makes of paging", () => {
  test.each([
    ["honours it and says the total", {}],
    ["honours it and says the rows", { totalNumber: "rows" }],
    ["ignores it and says the total", { ignorePaging: true }],
    ["ignores it and says the rows", { ignorePaging: true, totalNumber: "rows" }],
    ["answers rows twice", { duplicates: 7 }],
    ["answers rows twice and ignores it", { duplicates: 7, ignorePaging: true, totalNumber: "rows" }],
  ])("%s", async (_, options) => {
    option(options);
    expect(await sync()).toEqual({ state: "done", full: true });
    expect((await mirrored()).size).toBe(60);
  });

  test.each([60, 30, 20])("pages that end exactly at the last card (%s)", async (pageSize) => {
    option({ totalNumber: "rows" });
    expect(await sync(pageSize)).toEqual({ state: "done", full: true });
    expect((await mirrored()).size).toBe(60);
  });
});

test("unreadable rows are counted and kept, drop nothing, and leave it open which card is missing", async () => {
  await sync();
  sandbox.store.cards.delete(anyCard());
  option({ badRows: 3 });
  expect(await sync()).toEqual({ state: "done", full: false });
  await sync();
  expect(await goneIds()).toEqual([]);
  const run = await lastRun();
  expect(run.unreadable).toBeGreaterThanOrEqual(3);
  expect(run.unreadableSamples).toContainEqual({ id: "42", reason: "code" });
  const status = await readSyncStatus({ ctx: ctx() });
  expect(status).toMatchObject({ partial: true, error: null });
  expect(status.unreadable.count).toBe(run.unreadable);
});

test("a row that became unreadable is not a missing card", async () => {
  await sync();
  const id = anyCard();
  const row = sandbox.store.cards.get(id);
  if (!row) throw new Error("no card");
  Object.assign(row, { code: null });
  await sync();
  await sync();
  expect(await goneIds()).toEqual([]);
  expect(await lastRun()).toMatchObject({ full: true, unreadable: 1, unreadableSamples: [{ id, reason: "code" }] });
});

test("of more unreadable rows than are remembered, none may be a missing card: the reading is not whole", async () => {
  const [row] = sandbox.store.cards.values();
  if (!row) throw new Error("no card");
  for (let n = 0; n <= 10_000; n++) {
    const id = n.toString(16).padStart(32, "0");
    sandbox.store.cards.set(id, Object.assign({ ...row, id }, { code: null }));
  }
  expect(await sync(9_999)).toEqual({ state: "done", full: false });
  sandbox.store.cards.delete("0".padStart(32, "0"));
  expect(await sync(9_999)).toEqual({ state: "done", full: true });
});

test("a card missing from two full syncs in a row is gone, and comes back when it is listed again", async () => {
  await sync();
  const id = anyCard();
  const row = sandbox.store.cards.get(id);
  if (!row) throw new Error("no card");
  sandbox.store.cards.delete(id);
  await sync();
  expect((await mirrored()).get(id)).toMatchObject({ missed: 1, goneAt: null });
  await sync();
  expect(await goneIds()).toEqual([id]);
  expect((await lastRun()).vanished).toBe(1);
  sandbox.store.cards.set(id, row);
  await sync();
  expect((await mirrored()).get(id)).toMatchObject({ missed: 0, goneAt: null });
  const events = await database().db.select().from(cardEvent).where(eq(cardEvent.cardId, id)).orderBy(cardEvent.id);
  expect(events.map(({ kind, operationId }) => [kind, operationId])).toEqual([
    ["gone", null],
    ["back", null],
  ]);
});

test("a run that breaks off in the middle keeps what it read and counts nothing as missing", async () => {
  await sync();
  const [first] = sandbox.store.cards.values();
  if (!first) throw new Error("no card");
  first.api_limit = 77;
  const last = [...sandbox.store.cards.keys()].at(-1) ?? "";
  sandbox.store.cards.delete(last);
  await sandbox.addFaults([{ fault: "html-502", match: { kind: "list", when: { page: "2" } } }]);
  expect(await sync()).toEqual({ state: "failed" });
  expect(await sync()).toEqual({ state: "failed" });
  const rows = await mirrored();
  expect(rows.get(first.id)?.balance).toBe(77);
  expect(rows.get(last)).toMatchObject({ missed: 0, goneAt: null });
  expect(await lastRun()).toMatchObject({ state: "failed", errorKey: "upstream.http_status", full: false });
  const status = await readSyncStatus({ ctx: ctx() });
  expect(status.error?.key).toBe("upstream.http_status");
  expect(status.lastSuccessAt).not.toBeNull();
});

test("a failed run between two does not count: the misses stay in a row", async () => {
  await sync();
  const id = anyCard();
  sandbox.store.cards.delete(id);
  await sync();
  await sandbox.addFaults([{ fault: "reset", match: { kind: "list" } }]);
  await sync();
  expect(await goneIds()).toEqual([]);
  await sandbox.clearFaults();
  await sync();
  expect(await goneIds()).toEqual([id]);
});

test("a reading made while the sync runs is newer and stays", async () => {
  await sync();
  const id = anyCard();
  const later = new Date(Date.now() + 60_000);
  await database().db.update(card).set({ balance: 123_456, readAt: later }).where(eq(card.id, id));
  await sync();
  expect((await mirrored()).get(id)).toMatchObject({ balance: 123_456, missed: 0 });
});

test("only one run at a time", async () => {
  const results = await withLock("sync-cards", () => sync());
  expect(results?.value).toEqual({ state: "busy" });
  const [runs] = await database().db.select({ n: count() }).from(syncRun);
  expect(runs?.n).toBe(0);
});

test("a run whose process died is closed by the next one", async () => {
  const { db } = database();
  await db.insert(syncRun).values({ startedAt: new Date(), state: "running", trigger: "start" });
  expect((await readSyncStatus({ ctx: ctx() })).running).not.toBeNull();
  await sync();
  const runs = await db.select().from(syncRun).orderBy(syncRun.id);
  expect(runs.map((run) => [run.state, run.errorKey])).toEqual([
    ["failed", "sync_interrupted"],
    ["done", null],
  ]);
});

test("stops between pages when asked to", async () => {
  const result = await syncCards({
    ctx: ctx(),
    input: { trigger: "schedule", pageSize: 25, signal: AbortSignal.abort() },
  });
  expect(result).toEqual({ state: "stopped" });
  expect(await lastRun()).toMatchObject({ state: "failed", errorKey: "sync_interrupted" });
  expect((await readSyncStatus({ ctx: ctx() })).error?.key).not.toBe("sync_interrupted");
  expect((await mirrored()).size).toBe(25);
});

describe("a budget of calls a minute", () => {
  const budget = (callsPerMinute: number) =>
    database()
      .db.insert(setting)
      .values({ key: "mirror_reading", value: { callsPerMinute } })
      .onConflictDoUpdate({ target: setting.key, set: { value: { callsPerMinute } } });

  /** A sync whose waits only move its clock on; how long each was. */
  async function waits(pageSize: number): Promise<number[]> {
    let time = 0;
    const all: number[] = [];
    const wait = async (ms: number) => {
      time += ms;
      all.push(ms);
    };
    const input = { trigger: "schedule", pageSize, wait, clock: () => time } as const;
    expect(await syncCards({ ctx: ctx(), input })).toEqual({ state: "done", full: true });
    return all;
  }

  test("a reading waits for the next minute as often as it has to, and is whole all the same", async () => {
    await budget(2);
    expect(await waits(10)).toEqual([60_000, 60_000, 60_000]);
    expect((await mirrored()).size).toBe(60);
    expect(await lastRun()).toMatchObject({ calls: 7, full: true });
  });

  test("what the run before it used is used: the next one waits at once", async () => {
    await budget(3);
    expect(await waits(30)).toEqual([]);
    const [first] = await waits(30);
    expect(first).toBeGreaterThan(50_000);
  });

  test("a run of before the clock was set back holds nothing up", async () => {
    await budget(3);
    const later = new Date(Date.now() + 3_600_000);
    await database()
      .db.insert(syncRun)
      .values({ startedAt: later, progressAt: later, calls: 3, state: "done", trigger: "schedule" });
    expect(await waits(30)).toEqual([]);
  });

  test("a call that had to be repeated is two", async () => {
    await sandbox.addFaults([{ fault: "html-502", match: { kind: "list", count: 1 } }]);
    expect(await sync(30)).toEqual({ state: "done", full: true });
    expect((await lastRun()).calls).toBe(4);
  });

  test("a wait for the next minute ends when the process stops", async () => {
    await budget(1);
    const stopping = new AbortController();
    const running = syncCards({
      ctx: ctx(),
      input: { trigger: "schedule", pageSize: 25, signal: stopping.signal },
    });
    await vi.waitFor(async () => expect(await lastRun()).toMatchObject({ calls: 1, rowsRead: 25 }));
    stopping.abort();
    expect(await running).toEqual({ state: "stopped" });
    expect((await mirrored()).size).toBe(25);
  });

  test("what it costs in freshness is said, and is not lateness", async () => {
    const rows = { rowsRead: 1_000_000, full: true, state: "done", trigger: "schedule" } as const;
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const [startedAt, finishedAt] = [ago(30), ago(15)];
    await database()
      .db.insert(syncRun)
      .values([
        { ...rows, startedAt, finishedAt },
        // Partly read, and later: not a whole reading.
        { ...rows, startedAt: ago(14), finishedAt: ago(13), rowsRead: 10, full: false },
        // Under way for longer than a run without a sign of life is believed, and alive.
        { ...rows, startedAt: ago(20), progressAt: ago(1), rowsRead: 10, full: false, state: "running" },
      ]);
    await database().db.delete(upstreamStatus);
    await recordPoll(database().db, { source: "espai.cards", at: finishedAt, error: null });
    await budget(120);
    const status = await readSyncStatus({ ctx: ctx() });
    expect(status.fullReading).toEqual({
      callsPerMinute: 120,
      minutes: 9,
      last: { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() },
    });
    expect(status.stale).toBe(false);
    await budget(1_000);
    const faster = await readSyncStatus({ ctx: ctx() });
    expect(faster).toMatchObject({ stale: true, fullReading: { minutes: 2 } });
    // A console that began a minute ago could not have read it sooner.
    const process = sharedSlot<{ startedAt: Date }>("instance");
    process.value = { startedAt: ago(1) };
    expect((await readSyncStatus({ ctx: ctx() })).stale).toBe(false);
    process.value = undefined;
  });
});
