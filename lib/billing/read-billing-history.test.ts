import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { billingReading } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readBillingHistory } from "./read-billing-history";

let file: TestDatabase;
let database: Database;
const now = new Date("2026-09-21T06:00:00.000Z");

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(billingReading);
});

const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => now,
  db: database.db,
});

const reading = (at: Date, remaining: bigint) => ({
  at,
  remainingPointsMicro: remaining * 10_000n,
  pointsMicro: 0n,
  remainingAmountMicro: remaining,
  amountMicro: 0n,
});

test("the history thins a month of minutes to at most 200 points and ends with the latest reading", async () => {
  const minutes = 30 * 24 * 60;
  const rows = Array.from({ length: minutes / 10 }, (_, i) =>
    reading(new Date(now.getTime() - (minutes - 10 - i * 10) * 60_000), 210_000_000n - BigInt(i)),
  );
  await database.db.insert(billingReading).values([reading(new Date("2026-08-01T00:00:00Z"), 1n), ...rows]);
  const { points, from, to } = await readBillingHistory({ ctx: ctx() });
  expect(points).toHaveLength(200);
  expect(points.at(-1)).toEqual({
    at: "2026-09-21T06:00:00.000Z",
    remainingAmount: "209.995681",
    remainingPoints: "2099956.810000",
  });
  expect(points.map((point) => point.at)).toEqual(points.map((point) => point.at).toSorted());
  expect([from, to]).toEqual(["2026-08-22T06:00:00.000Z", "2026-09-21T06:00:00.000Z"]);
});

test("the history has no points before the first reading", async () => {
  expect((await readBillingHistory({ ctx: ctx() })).points).toEqual([]);
});
