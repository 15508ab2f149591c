import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { dailyUsage, setting } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { consumeDailyLimit } from "./consume-daily-limit";
import type { Measure } from "./measure";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = room.as("admin");
  await db.delete(dailyUsage);
  await db.delete(setting);
  const value = {
    operator: { callsMoved: 100, cardsDestroyed: 0, keysMade: 10 },
    admin: settingDefaults.daily_limits.admin,
  };
  await db.insert(setting).values({ key: "daily_limits", value });
});

const subject = { kind: "operation", id: "00000000-0000-4000-8000-000000000000" } as const;
const consume = (ctx: Ctx, measure: Measure, asked: number) =>
  ctx.db.transaction((tx) => consumeDailyLimit(tx, ctx, { measure, asked, subject }));
const usage = () => room.as("admin").db.select({ measure: dailyUsage.measure, used: dailyUsage.used }).from(dailyUsage);

test("20 at once never go over together, and what is refused is not counted", async () => {
  const ctx = room.as("operator");
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => consume(ctx, "callsMoved", 7)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(14);
  for (const result of results)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({
        code: "too_many",
        key: "limit_calls_moved",
        params: { limit: 100, left: 2 },
      });
  expect(await usage()).toEqual([{ measure: "callsMoved", used: 98 }]);
  await consume(ctx, "callsMoved", 2);
});

test("each measure, each user and each day of the console's zone counts for itself; 0 allows none", async () => {
  // 23:59 and 00:00 in Shanghai.
  const evening = room.as("operator", () => new Date("2026-11-01T15:59:59Z"));
  const midnight = room.as("operator", () => new Date("2026-11-01T16:00:00Z"));
  await consume(evening, "keysMade", 10);
  await expect(consume(evening, "keysMade", 1)).rejects.toMatchObject({ key: "limit_keys_made" });
  await consume(midnight, "keysMade", 10);
  await consume(evening, "callsMoved", 100);
  await expect(consume(evening, "cardsDestroyed", 1)).rejects.toMatchObject({ params: { asked: 1, used: 0, left: 0 } });
  await consume(room.as("admin"), "keysMade", 11);
});

test("the transaction that goes over changes nothing else", async () => {
  const ctx = room.as("operator");
  const both = ctx.db.transaction(async (tx) => {
    await consumeDailyLimit(tx, ctx, { measure: "callsMoved", asked: 100, subject });
    await consumeDailyLimit(tx, ctx, { measure: "keysMade", asked: 11, subject });
  });
  await expect(both).rejects.toMatchObject({ key: "limit_keys_made" });
  expect(await usage()).toEqual([]);
});
