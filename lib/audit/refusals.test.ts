import { count, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit, refusal } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { ALONE, keepRefusals, noteRefusal, type Refusals, recordRefusals } from "./refusals";

let fixtures: UserFixtures;
const entry = {
  action: "access.refused",
  targetKind: "endpoint",
  targetId: "users.create",
  outcome: "refused" as const,
};
const groups = () => sharedSlot<Refusals>("refusals").value?.size ?? 0;
/** As a killed process leaves them. */
const die = () => {
  sharedSlot("refusals").value = undefined;
};
const rows = async () => {
  const found = await fixtures.db.select().from(audit).orderBy(audit.id);
  return found.map(({ actorName, ip, requestId, detail }) => ({ actorName, ip, requestId, detail }));
};

beforeEach(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  die();
  fixtures = await openUserFixtures();
});
afterEach(() => fixtures.close());

test("the first are recorded at once, the rest of the minute in one row with their number", async () => {
  const ctx = fixtures.anonymous("2001:db8:1:2::9");
  for (let i = 0; i < 1_000; i++) {
    if (i === 999) fixtures.advance(5);
    // Another address of the same /64 is no other guesser.
    await noteRefusal({ ctx: { ...ctx, ip: `2001:db8:1:2::${i.toString(16)}` }, entry });
  }
  expect(await rows()).toHaveLength(ALONE);
  await recordRefusals({ ctx });
  expect(await rows()).toHaveLength(ALONE);
  fixtures.advance(60);
  await recordRefusals({ ctx });
  const all = await rows();
  expect(all).toHaveLength(ALONE + 1);
  expect(all.at(-1)).toEqual({
    actorName: "anonymous",
    ip: "2001:db8:1:2::/64",
    requestId: "",
    detail: { count: 1_000 - ALONE, firstAt: "2026-09-21T06:00:00.000Z", lastAt: "2026-09-21T06:00:05.000Z" },
  });
  // Quiet for a minute, it is forgotten: the next one has a record again.
  expect(groups()).toBe(0);
  await noteRefusal({ ctx, entry });
  expect((await rows()).at(-1)).toMatchObject({ detail: {}, requestId: ctx.requestId });
});

test("another actor, address or thing is another group", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const wang: Ctx = { ...ctx, actor: { ...ctx.actor, name: "wang" } };
  await noteRefusal({ ctx, entry, alone: 0 });
  await noteRefusal({ ctx: wang, entry, alone: 0 });
  await noteRefusal({ ctx: { ...ctx, ip: "203.0.113.6" }, entry, alone: 0 });
  await noteRefusal({ ctx, entry: { ...entry, targetId: "users.list" }, alone: 0 });
  await recordRefusals({ ctx, all: true });
  expect(await rows()).toHaveLength(4);
});

test("of several limits that somebody reaches each is counted by its name, and none hides behind another", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const reached = (measure: string) => ({ action: "limit.reached", targetKind: "card", detail: { measure } });
  for (let i = 0; i < 2 * ALONE; i++) await noteRefusal({ ctx, entry: reached("reveals") });
  await noteRefusal({ ctx, entry: reached("searches") });
  expect((await rows()).at(-1)).toMatchObject({ detail: { measure: "searches" }, requestId: ctx.requestId });
  await recordRefusals({ ctx, all: true });
  expect((await rows()).at(-1)).toMatchObject({ detail: { measure: "reveals", count: ALONE } });
});

test("thousands of addresses take bounded room, and every one is counted", async () => {
  const ctx = fixtures.anonymous();
  for (let i = 0; i < 2_000; i++)
    await noteRefusal({ ctx: { ...ctx, ip: `10.0.${i >> 8}.${i & 255}` }, entry, alone: 0 });
  expect(groups()).toBe(301);
  await recordRefusals({ ctx, all: true });
  const [sum] = await fixtures.db.select({ n: sql<string>`sum((detail->>'count')::int)`, rows: count() }).from(audit);
  expect(sum).toEqual({ n: "2000", rows: 301 });
  const [other] = await fixtures.db.select().from(audit).where(eq(audit.actorName, "other"));
  expect(other).toMatchObject({ ip: null, outcome: "refused", detail: { count: 1_700 } });
});

test("one whose group is forgotten while it can't be recorded is counted too", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  let fail = () => {};
  const failing = new Promise<void>((_, reject) => {
    fail = () => reject(new Error("away"));
  });
  const away: Ctx = {
    ...ctx,
    db: Object.create(ctx.db, { insert: { value: () => ({ values: () => failing }) } }),
  };
  const noted = noteRefusal({ ctx: away, entry });
  await recordRefusals({ ctx, all: true });
  fail();
  await noted;
  await recordRefusals({ ctx, all: true });
  expect((await rows()).map(({ detail }) => detail)).toEqual([expect.objectContaining({ count: 1 })]);
});

test("what can't be recorded is counted, and recorded when it can", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const away: Ctx = {
    ...ctx,
    db: Object.create(ctx.db, {
      insert: {
        value: () => {
          throw new Error("away");
        },
      },
    }),
  };
  await noteRefusal({ ctx: away, entry });
  await expect(recordRefusals({ ctx: away, all: true })).rejects.toThrow("away");
  expect(await rows()).toEqual([]);
  await recordRefusals({ ctx, all: true });
  expect((await rows())[0]?.detail).toMatchObject({ count: 1 });
});

test("a killed process loses what it counted in the last second at most; the next one records the rest", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  for (let i = 0; i < 40; i++) await noteRefusal({ ctx, entry, alone: 0 });
  await keepRefusals({ ctx });
  die();
  fixtures.advance(30);
  for (let i = 0; i < 2; i++) await noteRefusal({ ctx, entry, alone: 0 });
  fixtures.advance(30);
  // Several processes at once: each row is recorded by one of them.
  await Promise.all([1, 2, 3].map(() => recordRefusals({ ctx })));
  // What one of them had yet to keep while another recorded is due a minute after it was counted.
  fixtures.advance(60);
  await recordRefusals({ ctx });
  const all = await rows();
  expect(all.reduce((sum, { detail }) => sum + Number(detail.count), 0)).toBe(42);
  expect(all[0]?.detail).toMatchObject({ firstAt: "2026-09-21T06:00:00.000Z" });
  expect(await fixtures.db.$count(refusal)).toBe(0);
});

test("of one thing wherever it comes from there is one row, with the last address, however many others there are", async () => {
  const ctx = fixtures.anonymous();
  for (let i = 0; i < 300; i++) await noteRefusal({ ctx: { ...ctx, ip: `10.0.${i}.1` }, entry, alone: 0 });
  const blocked = { ...entry, action: "session.blocked", targetId: "wang" };
  for (const ip of ["203.0.113.5", "198.51.100.7"])
    await noteRefusal({ ctx: { ...ctx, ip }, entry: blocked, alone: 0, fromAnywhere: true });
  await recordRefusals({ ctx, all: true });
  const [found, ...others] = await fixtures.db.select().from(audit).where(eq(audit.action, "session.blocked"));
  expect(found).toMatchObject({ targetId: "wang", ip: "198.51.100.7", detail: { count: 2 } });
  expect(others).toEqual([]);
});
