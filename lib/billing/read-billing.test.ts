import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { billingReading, setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readBilling } from "./read-billing";

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
  await database.db.delete(setting);
});

const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => now,
  db: database.db,
});

/** The documented example. */
const documented = {
  remainingPointsMicro: 2005317990000n,
  pointsMicro: 2100000000000n,
  remainingAmountMicro: 200531799n,
  amountMicro: 210000000n,
};
const nothing = { remainingPointsMicro: 0n, pointsMicro: 0n, remainingAmountMicro: 0n, amountMicro: 0n };
const store = (numbers: typeof documented) => database.db.insert(billingReading).values({ at: now, ...numbers });
const view = () => readBilling({ ctx: ctx() });

test("before the first there is nothing, which is not 0", async () => {
  expect(await view()).toMatchObject({ numbers: null, readAt: null, usedShare: null, error: null, warning: false });
});

test("an account where nothing was bought has no share", async () => {
  await store(nothing);
  expect((await view()).usedShare).toBeNull();
});

describe("the threshold", () => {
  const threshold = (unit: string, below: string) =>
    database.db.insert(setting).values({ key: "billing_low", value: { unit, below } });

  test.each([
    ["amount", "200.531799", false],
    ["amount", "200.5318", true],
    ["points", "2005317.99", false],
    ["points", "2005317.990001", true],
    ["amount", "0", false],
  ])("%s below %s warns: %s", async (unit, below, warning) => {
    await store(documented);
    await threshold(unit, below);
    expect(await view()).toMatchObject({ warning, low: { unit, below } });
  });
});
