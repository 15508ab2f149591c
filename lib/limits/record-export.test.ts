import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { audit, dailyUsage, setting } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { assertMayExport, recordExport } from "./record-export";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = room.as("admin");
  await db.delete(dailyUsage);
  await db.delete(setting);
  const value = { ...settingDefaults.disclosure_limits, supportRows: 100, operatorRows: 0 };
  await db.insert(setting).values({ key: "disclosure_limits", value });
});

let exported = 0;
/** Exports of this test alone are found by their target. */
const target = () => `test ${++exported}`;
const take = (ctx: Ctx, rows: number, targetId = target()) =>
  recordExport(ctx, rows, { action: "card.exported", targetKind: "card", targetId });
const trail = (targetId: string, action: string) =>
  room
    .as("admin")
    .db.select()
    .from(audit)
    .where(and(eq(audit.targetId, targetId), eq(audit.action, action)));

test("20 at once never go over together; each that goes through has its record, and no other one has", async () => {
  const ctx = room.as("support");
  const all = target();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => take(ctx, 15, all)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
  for (const result of results)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({
        code: "too_many",
        key: "limit_rows_exported",
        params: { asked: 15, limit: 100, left: 10 },
      });
  expect(await trail(all, "card.exported")).toHaveLength(6);
  expect((await trail(all, "limit.reached"))[0]).toMatchObject({
    outcome: "refused",
    detail: { measure: "rowsExported", asked: 15, used: 90, limit: 100 },
  });
  await take(ctx, 10);
});

test("each user and each day counts for itself; 0 allows no row", async () => {
  // 23:59 and 00:00 in Shanghai.
  await take(
    room.as("support", () => new Date("2026-11-01T15:59:59Z")),
    100,
  );
  await take(
    room.as("support", () => new Date("2026-11-01T16:00:00Z")),
    100,
  );
  await expect(take(room.as("operator"), 1)).rejects.toMatchObject({ params: { left: 0 } });
  await take(room.as("admin"), 101);
});

test("an export that can't be audited is not counted", async () => {
  const ctx = room.as("support");
  const entry = { action: "card.exported", detail: { nul: "\u0000" } };
  await expect(recordExport(ctx, 100, entry)).rejects.toThrow();
  await take(ctx, 100);
});

test("a file of more rows than are left is refused before it is made, and nothing is counted", async () => {
  const ctx = room.as("support");
  await take(ctx, 60);
  const targetId = target();
  await assertMayExport(ctx, 40, { targetKind: "card", targetId });
  await expect(assertMayExport(ctx, 41, { targetKind: "card", targetId })).rejects.toMatchObject({
    key: "limit_rows_exported",
    params: { asked: 41, limit: 100, left: 40 },
  });
  expect(await trail(targetId, "limit.reached")).toMatchObject([{ detail: { asked: 41, used: 60, limit: 100 } }]);
  await take(ctx, 40);
});
