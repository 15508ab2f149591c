import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { audit, card, setting } from "@/lib/db/schema";
import { consumeReveal } from "@/lib/limits";
import { settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { getCard } from "./get-card";
import { revealCard } from "./reveal-card";

let room: TestRoom;
const ID = "a".repeat(32);
const START = Date.UTC(2026, 8, 21, 6);
const after = (minutes: number) => () => new Date(START + minutes * 60_000);

beforeAll(async () => {
  room = await openTestRoom();
  const { db } = room.as("admin");
  const seen = { firstSeenAt: new Date(START), readAt: new Date(START) };
  await db.insert(card).values({ ...seen, id: ID, code: "wNaa1GDw", phone: "15916888888", type: "1", balance: 5 });
});
afterAll(() => room.close());

const reveal = (ctx: Ctx, field: "phone" | "code" = "phone") => revealCard({ ctx, input: { id: ID, field } });
const recorded = (ctx: Ctx, action: string) =>
  ctx.db
    .select()
    .from(audit)
    .where(and(eq(audit.action, action), eq(audit.actorName, ctx.actor.name)));

test("support reveals phones, never a code, and the try is audited", async () => {
  const ctx = room.as("support", after(-600));
  await expect(reveal(ctx, "code")).rejects.toMatchObject({ code: "forbidden", key: "code_needs_operator" });
  expect(await recorded(ctx, "card.revealed")).toEqual([]);
  expect(await recorded(ctx, "access.refused")).toMatchObject([{ targetId: ID, outcome: "refused" }]);
  expect(await reveal(ctx)).toEqual({ value: "15916888888" });
  expect(await reveal(room.as("operator", after(-600)), "code")).toEqual({ value: "wNaa1GDw" });
});

/** As many processes would: each reveal has a record, and they begin at the same time. */
const revealElsewhere = (ctx: Ctx) =>
  ctx.db.transaction(async (tx) => {
    await consumeReveal(tx, ctx);
    await recordAudit(tx, ctx, { action: "card.revealed", targetKind: "card", targetId: ID });
  });

test("of 60 at once in one process four wait for each other, the others are refused without a connection", async () => {
  const ctx = room.as("support", after(-300));
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => reveal(ctx)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  expect(results.at(-1)).toMatchObject({ reason: { code: "too_many", key: "too_many" } });
});

test("60 at once reveal 30 and no more; others go on, and so does the same user when the hour is over", async () => {
  const ctx = room.as("support", after(0));
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => revealElsewhere(ctx)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
  for (const result of results)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({
        code: "too_many",
        key: "limit_reveals",
        params: { limit: 30, minutes: 60 },
      });
  const others = await recorded(ctx, "card.revealed");
  expect(others.filter(({ at }) => at.getTime() === START)).toHaveLength(30);

  await reveal(room.as("operator", after(1)));
  await expect(reveal(room.as("support", after(59)))).rejects.toMatchObject({ params: { minutes: 1 } });
  await reveal(room.as("support", after(60)));
  expect(await recorded(ctx, "limit.reached")).toHaveLength(1);
});

test("opening a card's page reveals nothing and uses nothing up", async () => {
  const ctx = room.as("support", after(600));
  for (let i = 0; i < 40; i++) await getCard({ ctx, input: { id: ID } });
  await reveal(ctx);
});

test("a reveal that comes to nothing is not counted; a limit of 0 allows none", async () => {
  const ctx = room.as("admin", after(1200));
  const value = { ...settingDefaults.disclosure_limits, adminReveals: 1 };
  await ctx.db.insert(setting).values({ key: "disclosure_limits", value });
  const missing = revealCard({ ctx, input: { id: "0".repeat(32), field: "code" } });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
  await reveal(ctx);
  await expect(reveal(ctx)).rejects.toMatchObject({ key: "limit_reveals", params: { limit: 1 } });
  await ctx.db.update(setting).set({ value: { ...value, adminReveals: 0 } });
  await expect(reveal(room.as("admin", after(1300)))).rejects.toMatchObject({ key: "reveals_not_allowed" });
});
