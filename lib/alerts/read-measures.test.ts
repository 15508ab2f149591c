import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import {
  batch,
  billingReading,
  cardKey,
  contractDrift,
  operation,
  setting,
  syncRun,
  upstreamStatus,
} from "@/lib/db/schema";
import { ALERT_RULES, type AlertRule } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readMeasures } from "./read-measures";

const now = new Date("2026-11-28T04:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const DAY = 24 * 60;

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = database();
  for (const table of [cardKey, operation, batch, billingReading, contractDrift, upstreamStatus, syncRun])
    await db.delete(table);
  await db.delete(setting).where(eq(setting.key, "last_backup"));
});

/** When this process started. */
const own = sharedSlot<{ startedAt: Date }>("instance");
beforeEach(() => {
  own.value = { startedAt: ago(30 * DAY) };
});

const ctx = (): Ctx => room.as("admin", () => now);

/** The values of a rule by subject, in whole units. */
async function valuesOf(rule: AlertRule) {
  const measures = await readMeasures({ ctx: ctx(), rules: [rule] });
  expect(measures.every((each) => each.rule === rule)).toBe(true);
  return Object.fromEntries(
    measures.map(({ subject, value }) => [subject, value === null ? null : Number(value) / 1_000_000]),
  );
}

async function putOperation(state: "unknown" | "done", sentAt: Date, needs: string | null = null): Promise<string> {
  const id = randomUUID();
  await database().db.execute(sql`
    insert into operation (id, kind, state, params, actor_name, created_at, expires_at, intent_at, sent_at, baseline, needs_manual_resolution)
    values (${id}, 'transfer', ${state}, '{"kind":"transfer","amount":5}', 'ben', ${sentAt}, ${sentAt}, ${sentAt}, ${sentAt}, null, ${needs})`);
  return id;
}

test("a console that knows nothing yet has no value that could fire", async () => {
  const measures = await readMeasures({ ctx: ctx(), rules: ALERT_RULES });
  const known = measures.filter(({ rule, value }) => value !== null && rule !== "disk");
  expect(Object.fromEntries(known.map(({ rule, subject, value }) => [`${rule} ${subject}`.trim(), value]))).toEqual({
    unknown_age: 0n,
    undecided: 0n,
    drift: 0n,
    "upstream_away espai": 0n,
    "upstream_away potato": 0n,
    "upstream_away talkbot": 0n,
  });
  expect(measures.find(({ rule }) => rule === "days_left")?.value).toBe(null);
});

test("Talk-Bot's balances are those of the last reading, and days left those of the one that runs out first", async () => {
  const readings = Array.from({ length: 24 * 5 + 1 }, (_, hour) => ({
    at: ago((24 * 5 - hour) * 60),
    remainingAmountMicro: 20_000_000n - BigInt(hour) * 100_000n,
    amountMicro: 20_000_000n,
    remainingPointsMicro: 20_000_000n - BigInt(hour) * 50_000n,
    pointsMicro: 20_000_000n,
  }));
  await database().db.insert(billingReading).values(readings);
  expect(await valuesOf("amount")).toEqual({ "": 8 });
  expect(await valuesOf("points")).toEqual({ "": 14 });
  // 8 at 2.4 a day.
  expect(await valuesOf("days_left")).toEqual({ "": 3.3 });
});

test("the oldest unknown outcome is counted from when it was sent; what is settled is not counted", async () => {
  await putOperation("unknown", ago(16));
  await putOperation("unknown", ago(3), "contradiction");
  await putOperation("done", ago(500));
  expect(await valuesOf("unknown_age")).toEqual({ "": 16 });
  expect(await valuesOf("undecided")).toEqual({ "": 1 });
});

test("drift is how many kinds were seen within a day", async () => {
  const kind = (field: string, lastAt: Date) => ({
    upstream: "espai",
    call: "/cdkey/list",
    field,
    what: "missing",
    count: 3,
    sample: "undefined",
    firstAt: lastAt,
    lastAt,
  });
  await database()
    .db.insert(contractDrift)
    .values([kind("a", ago(5)), kind("b", ago(DAY - 1)), kind("c", ago(DAY + 1))]);
  expect(await valuesOf("drift")).toEqual({ "": 2 });
});

test("an upstream is away since its last good answer, while its polls fail", async () => {
  await database()
    .db.insert(upstreamStatus)
    .values([
      { source: "espai.cards", lastPolledAt: ago(1), lastSuccessAt: ago(12), errorKey: "upstream.timeout" },
      { source: "talkbot.billing", lastPolledAt: ago(1), lastSuccessAt: ago(90), errorKey: null },
    ]);
  expect(await valuesOf("upstream_away")).toEqual({ espai: 12, potato: 0, talkbot: 0 });
});

test("ages of the mirror and of the backup", async () => {
  const run = { state: "done", trigger: "schedule", full: true } as const;
  await database()
    .db.insert(syncRun)
    .values({ ...run, startedAt: ago(80), finishedAt: ago(75) });
  expect(await valuesOf("mirror_age")).toEqual({ "": 75 });
  expect(await valuesOf("backup_age")).toEqual({ "": null });
  const value = { takenAt: ago(50 * 60).toISOString(), restored: true };
  await database().db.insert(setting).values({ key: "last_backup", value });
  expect(await valuesOf("backup_age")).toEqual({ "": 50 });
});

test("after a standstill the mirror's age is not known until the first reading has had its time", async () => {
  const run = { state: "done", trigger: "schedule", full: true } as const;
  await database()
    .db.insert(syncRun)
    .values({ ...run, startedAt: ago(3 * DAY), finishedAt: ago(3 * DAY) });
  const startedFor = async (minutes: number) => {
    own.value = { startedAt: ago(minutes) };
    return (await valuesOf("mirror_age"))[""];
  };
  expect(await startedFor(1)).toBe(null);
  expect(await startedFor(2 * DAY)).toBe(3 * DAY);
  // It ran all the time.
  expect(await startedFor(4 * DAY)).toBe(3 * DAY);
});

test("keys left are the unused ones of each type this console made", async () => {
  const operationId = await putOperation("done", ago(10));
  const batchId = randomUUID();
  const made = { wanted: 5, state: "done", createdByName: "ben", createdAt: now, updatedAt: now } as const;
  const { db } = database();
  await db.insert(batch).values({ id: batchId, keyType: 2, ...made });
  const key = (n: number, changes: object = {}) => ({
    batchId,
    operationId,
    upstreamId: String(n),
    keyType: 2,
    last4: "WXYZ",
    cipher: Buffer.from("x"),
    fingerprint: String(n),
    recordedAt: now,
    ...changes,
  });
  await db
    .insert(cardKey)
    .values([
      key(1),
      key(2, { used: false }),
      key(3, { used: true }),
      key(4, { deleted: true }),
      key(5, { expiresAt: ago(1) }),
      key(6, { keyType: 4, used: true }),
    ]);
  expect(await valuesOf("keys_left")).toEqual({ 2: 2, 4: 0 });
});

test("the data folder's disk is looked at where the database is elsewhere", async () => {
  room.setEnv({ DATA_DIR: "/" });
  expect((await valuesOf("disk"))[""]).toBeGreaterThan(0);
  room.setEnv({ DATA_DIR: "/no/such/folder" });
  expect(await valuesOf("disk")).toEqual({ "": null });
});
