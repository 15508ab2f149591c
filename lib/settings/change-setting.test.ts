import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { audit, setting } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { changeSetting } from "./change-setting";
import { readSettings } from "./read-settings";
import { changeSettingSchema, settingDefaults } from "./schemas";

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(setting);
});

const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => new Date("2026-09-21T06:00:00Z"),
  db: database.db,
});

const limits = (keysMade: number) => ({
  operator: { callsMoved: 1, cardsDestroyed: 1, keysMade },
  admin: { callsMoved: 1, cardsDestroyed: 1, keysMade },
});

const change = (input: unknown) => changeSetting({ ctx: ctx(), input: changeSettingSchema.parse(input) });

test("what was never set has its default", async () => {
  expect(await readSettings({ ctx: ctx() })).toEqual(settingDefaults);
});

test("a change holds, leaves the others alone, and is audited with before and after", async () => {
  const value = { unit: "points", below: "1000000.5" };
  expect(await change({ key: "billing_low", value })).toEqual({ ...settingDefaults, billing_low: value });
  await change({ key: "billing_low", value: { unit: "amount", below: "7" } });
  expect((await readSettings({ ctx: ctx() })).billing_low).toEqual({ unit: "amount", below: "7" });
  const trail = await database.db.select().from(audit).orderBy(audit.id);
  expect(trail.map(({ action, targetId, detail }) => ({ action, targetId, detail }))).toEqual([
    {
      action: "setting.changed",
      targetId: "billing_low",
      detail: { before: settingDefaults.billing_low, after: value },
    },
    {
      action: "setting.changed",
      targetId: "billing_low",
      detail: { before: value, after: { unit: "amount", below: "7" } },
    },
  ]);
});

test("a form does not undo what somebody else changed since it was filled; what is there already is no conflict", async () => {
  const seen = settingDefaults.daily_limits;
  const [first, second] = [
    { key: "daily_limits", value: { ...seen, operator: limits(7).operator }, was: seen },
    { key: "daily_limits", value: { ...seen, admin: limits(8).admin }, was: seen },
  ];
  await change(first);
  await expect(change(second)).rejects.toMatchObject({ code: "conflict" });
  expect((await readSettings({ ctx: ctx() })).daily_limits).toEqual(first?.value);
  // Its answer was lost, and it is sent again.
  await change(first);
  await change({ ...second, was: first?.value });
  expect((await readSettings({ ctx: ctx() })).daily_limits).toEqual(second?.value);
});

test("a stored value from another version counts as never set", async () => {
  await database.db.insert(setting).values({ key: "typed_phrase", value: "five" });
  expect((await readSettings({ ctx: ctx() })).typed_phrase).toEqual(settingDefaults.typed_phrase);
});

test("what an earlier version stored keeps its values: a rule that is missing has its default, one that is unknown is dropped", async () => {
  const { alerts } = settingDefaults;
  const { disk: _disk, ...earlier } = alerts.rules;
  const amount = { on: true, at: "123", rearm: "456", severe: false };
  const rules = { ...earlier, amount, gone: amount };
  const value = { language: "en", quiet: { ...alerts.quiet, on: true, more: 1 }, rules, later: true };
  await database.db.insert(setting).values({ key: "alerts", value });
  expect((await readSettings({ ctx: ctx() })).alerts).toEqual({
    language: "en",
    perHour: alerts.perHour,
    quiet: { ...alerts.quiet, on: true },
    rules: { ...alerts.rules, amount },
  });
  const { supportSearches, ...limits } = settingDefaults.disclosure_limits;
  await database.db.insert(setting).values({ key: "disclosure_limits", value: { ...limits, supportRows: 1 } });
  const read = (await readSettings({ ctx: ctx() })).disclosure_limits;
  expect(read).toEqual({ ...limits, supportRows: 1, supportSearches });
});

test("a form sends every rule and no other", () => {
  const { alerts } = settingDefaults;
  const parse = (rules: object) =>
    changeSettingSchema.safeParse({ key: "alerts", value: { ...alerts, rules } }).success;
  const { disk, ...without } = alerts.rules;
  expect([parse(alerts.rules), parse(without), parse({ ...alerts.rules, more: disk })]).toEqual([true, false, false]);
});

test.each([
  ["a float", { key: "billing_low", value: { unit: "amount", below: 20.5 } }],
  ["seven places", { key: "billing_low", value: { unit: "amount", below: "1.0000001" } }],
  ["a negative amount", { key: "billing_low", value: { unit: "amount", below: "-1" } }],
  ["an exponent", { key: "billing_low", value: { unit: "amount", below: "1e3" } }],
  ["another unit", { key: "billing_low", value: { unit: "yuan", below: "1" } }],
  ["no cards at all", { key: "typed_phrase", value: { transferCalls: 100, destroyCards: 0 } }],
  ["a proof that is never fresh", { key: "step_up", value: { calls: 1, keys: 1, minutes: 0 } }],
  ["a proof for more than an hour", { key: "step_up", value: { calls: 1, keys: 1, minutes: 61 } }],
  ["fewer calls than none", { key: "step_up", value: { calls: -1, keys: 1, minutes: 10 } }],
  ["a note for nothing at all", { key: "reason_required", value: { calls: 0, cards: 5, keys: 200 } }],
  ["a note without a number of keys", { key: "reason_required", value: { calls: 5_000, cards: 5 } }],
  ["a history of a week", { key: "retention", value: { days: 7 } }],
  ["half a day", { key: "retention", value: { days: 400.5 } }],
  ["a session that never rests", { key: "sessions", value: { idleMinutes: 4, hours: 12 } }],
  ["a session of two days", { key: "sessions", value: { idleMinutes: 30, hours: 48 } }],
  ["an extra field", { key: "typed_phrase", value: { transferCalls: 1, destroyCards: 1, more: 1 } }],
  ["a limit below nothing", { key: "daily_limits", value: limits(-1) }],
  ["half a key", { key: "daily_limits", value: limits(0.5) }],
  ["a limit for support", { key: "daily_limits", value: { ...limits(1), support: limits(1).admin } }],
  ["neither on nor off", { key: "resume_batches", value: { afterOutage: "yes" } }],
  ["incident mode", { key: "writes_paused", value: null }],
])("%s is no setting", (_name, input) => {
  expect(changeSettingSchema.safeParse(input).success).toBe(false);
});

test("a reply template with a placeholder of nobody, or a balance without the time it was read, is refused at its field", () => {
  const refused = (change: object) => {
    const value = {
      ...settingDefaults.reply_templates,
      "zh-CN": { ...settingDefaults.reply_templates["zh-CN"], ...change },
    };
    return changeSettingSchema
      .safeParse({ key: "reply_templates", value })
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  expect(refused({})).toBeUndefined();
  expect(refused({ balance: "{balance} {readAt} {otherPhone}" })).toEqual(["value.zh-CN.balance: unknown_placeholder"]);
  expect(refused({ cards: "{total}" })).toEqual(["value.zh-CN.cards: reading_time_missing"]);
  expect(refused({ unknown: " " })).toEqual(["value.zh-CN.unknown: required"]);
  expect(refused({ unknown: "字".repeat(1_001) })).toEqual(["value.zh-CN.unknown: too_long"]);
});

test("of changes at once each is audited with what it really replaced", async () => {
  await Promise.all(Array.from({ length: 8 }, (_, i) => change({ key: "retention", value: { days: 100 + i } })));
  const trail = await database.db.select().from(audit).where(eq(audit.targetId, "retention")).orderBy(audit.id);
  const seen = trail.map(({ detail }) => detail as { before: { days: number }; after: { days: number } });
  expect(seen.map(({ before }) => before.days).toSorted()).toEqual(
    [400, ...seen.map(({ after }) => after.days)].slice(0, 8).toSorted(),
  );
  expect(new Set(seen.map(({ before }) => before.days)).size).toBe(8);
});
