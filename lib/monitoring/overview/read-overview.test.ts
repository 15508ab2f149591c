import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { batch, card, cardKey, operation, syncRun } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readOverview } from "./read-overview";

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 8);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(cardKey);
  await database.db.delete(operation);
  await database.db.delete(batch);
  await database.db.delete(card);
  await database.db.delete(syncRun);
});

const now = new Date("2026-09-21T06:00:00.000Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => now,
  db: database.db,
});
const overview = () => readOverview({ ctx: ctx() });

type CardRow = typeof card.$inferInsert;
const cards = (...rows: Partial<CardRow>[]) =>
  database.db.insert(card).values(
    rows.map((row, index) => ({
      id: index.toString(16).padStart(32, "0"),
      code: `wNaa1GD${index}`,
      type: "1",
      balance: 500,
      firstSeenAt: now,
      readAt: now,
      ...row,
    })),
  );

const unknownOperation = (sentAt: Date, over: Partial<typeof operation.$inferInsert> = {}) => ({
  id: randomUUID(),
  kind: "generate" as const,
  state: "unknown" as const,
  params: { kind: "generate" as const, keyType: 1, count: 7 },
  actorName: "lin",
  createdAt: sentAt,
  expiresAt: now,
  sentAt,
  ...over,
});

test("totals count unlimited and unknown balances apart and leave gone cards out", async () => {
  await cards(
    { balance: 500 },
    { balance: 0 },
    { balance: null },
    { type: "5", balance: null, unlimited: true },
    { type: "0", balance: 20 },
    { type: "77", balance: 3 },
    { balance: 9_999, goneAt: now },
  );
  expect((await overview()).types).toEqual([
    { type: "0", cards: 1, counted: 1, balance: 20, unlimited: 0, unknown: 0 },
    { type: "1", cards: 3, counted: 2, balance: 500, unlimited: 0, unknown: 1 },
    { type: "5", cards: 1, counted: 0, balance: 0, unlimited: 1, unknown: 0 },
    { type: "77", cards: 1, counted: 1, balance: 3, unlimited: 0, unknown: 0 },
  ]);
});

test("every paid balance stands in one bucket, edges included", async () => {
  const balances = [
    ...[0, 1, 99, 100, 199, 200, 499, 500, 999, 1_000, 1_999, 2_000, 4_999, 5_000, 9_999, 10_000, 1_000_000],
  ];
  await cards(
    ...balances.map((balance) => ({ balance })),
    { balance: null },
    { balance: null, unlimited: true },
    { type: "0", balance: 50 },
    { type: "8", balance: 50 },
  );
  const { buckets, unlimited, unknown } = (await overview()).balances;
  expect(buckets.map(({ from, to, cards: count }) => [from, to, count])).toEqual([
    [0, 0, 1],
    [1, 99, 2],
    [100, 199, 2],
    [200, 499, 2],
    [500, 999, 2],
    [1_000, 1_999, 2],
    [2_000, 4_999, 2],
    [5_000, 9_999, 2],
    [10_000, null, 2],
  ]);
  expect({ unlimited, unknown }).toEqual({ unlimited: 1, unknown: 1 });
});

test("cards running empty are judged by what their product is sold with; empty ones are counted apart", async () => {
  await cards(
    { type: "1", balance: 100, userName: "琳琅", phone: "15916888888" },
    { type: "1", balance: 101 },
    { type: "4", balance: 750 },
    { type: "2", balance: 0 },
    { type: "5", balance: null, unlimited: true },
    { type: "0", balance: 1 },
    { type: "3", balance: null },
  );
  const { low, empty, cards: listed } = (await overview()).low;
  expect({ low, empty }).toEqual({ low: 2, empty: 1 });
  expect(listed.map(({ type, balance, share }) => [type, balance, share])).toEqual([
    ["4", 750, 0.05],
    ["1", 100, 0.1],
    ["1", 101, 0.101],
  ]);
  expect(listed[1]).toMatchObject({ code: "••••1GD0", phone: "159****8888", userName: "琳琅" });
  expect(JSON.stringify(listed)).not.toContain("15916888888");
});

test("unknown operations are told with the oldest, red from 15 minutes on", async () => {
  expect((await overview()).unknownOperations).toEqual({
    count: 0,
    needManualResolution: 0,
    oldest: null,
    overdue: false,
  });
  const young = unknownOperation(ago(5));
  await database.db.insert(operation).values([young, unknownOperation(ago(1), { state: "done" })]);
  expect((await overview()).unknownOperations).toEqual({
    count: 1,
    needManualResolution: 0,
    oldest: { id: young.id, kind: "generate", sentAt: ago(5).toISOString() },
    overdue: false,
  });
  const old = unknownOperation(ago(16), { needsManualResolution: "undecidable" });
  await database.db.insert(operation).values(old);
  expect((await overview()).unknownOperations).toMatchObject({
    count: 2,
    needManualResolution: 1,
    oldest: { id: old.id },
    overdue: true,
  });
});

test("batches under way are counted from their rows", async () => {
  const made = { keyType: 1, createdByName: "lin", createdAt: now, updatedAt: now };
  const [running, done] = [randomUUID(), randomUUID()];
  await database.db.insert(batch).values([
    { id: running, wanted: 37, state: "paused", note: "九月", ...made },
    { id: done, wanted: 10, state: "done", ...made },
  ]);
  const chunk = unknownOperation(ago(1), { batchId: running });
  await database.db.insert(operation).values(chunk);
  const key = { batchId: running, operationId: chunk.id, upstreamId: "1", keyType: 1, last4: "AE8F", recordedAt: now };
  await database.db
    .insert(cardKey)
    .values(["a", "b", "c"].map((fingerprint) => ({ ...key, fingerprint, cipher: Buffer.from("x") })));
  expect((await overview()).batches).toEqual([
    { id: running, keyType: 1, note: "九月", state: "paused", wanted: 37, made: 3, unknown: 4 },
  ]);
});

test("before the first sync there is nothing, and it says so", async () => {
  expect(await overview()).toMatchObject({
    configured: false,
    types: [],
    sync: null,
    mirrorAsOf: null,
    mirrorError: null,
  });
});
