import { count, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { audit } from "@/lib/db/schema";
import { openUserFixtures, type UserFixtures } from "@/test/support/user-fixtures";
import { ALONE, noteRefusal, type RefusalBatches, writeRefusals } from "./refusal-batches";

let fixtures: UserFixtures;
const entry = {
  action: "access.refused",
  targetKind: "endpoint",
  targetId: "users.create",
  outcome: "refused" as const,
};
const batches = () => sharedSlot<RefusalBatches>("refusal-batches").value?.size ?? 0;
const rows = async () => {
  const found = await fixtures.db.select().from(audit).orderBy(audit.id);
  return found.map(({ actorName, ip, requestId, detail }) => ({ actorName, ip, requestId, detail }));
};

beforeEach(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  sharedSlot("refusal-batches").value = undefined;
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
  await writeRefusals({ ctx });
  const all = await rows();
  expect(all).toHaveLength(ALONE + 1);
  expect(all.at(-1)).toEqual({
    actorName: "anonymous",
    ip: "2001:db8:1:2::/64",
    requestId: "",
    detail: { count: 1_000 - ALONE, firstAt: "2026-09-21T06:00:00.000Z", lastAt: "2026-09-21T06:00:05.000Z" },
  });
  // Going on in the next minute it is one row more; quiet for a minute, it is forgotten.
  await noteRefusal({ ctx, entry });
  await writeRefusals({ ctx });
  expect((await rows()).at(-1)?.detail).toMatchObject({ count: 1 });
  await writeRefusals({ ctx });
  expect(await rows()).toHaveLength(ALONE + 2);
  expect(batches()).toBe(0);
});

test("another actor, address or thing is another group", async () => {
  const ctx = fixtures.anonymous("203.0.113.5");
  const wang: Ctx = { ...ctx, actor: { ...ctx.actor, name: "wang" } };
  await noteRefusal({ ctx, entry, alone: 0 });
  await noteRefusal({ ctx: wang, entry, alone: 0 });
  await noteRefusal({ ctx: { ...ctx, ip: "203.0.113.6" }, entry, alone: 0 });
  await noteRefusal({ ctx, entry: { ...entry, targetId: "users.list" }, alone: 0 });
  await writeRefusals({ ctx });
  expect(await rows()).toHaveLength(4);
});

test("thousands of addresses take bounded room, and every one is counted", async () => {
  const ctx = fixtures.anonymous();
  for (let i = 0; i < 2_000; i++)
    await noteRefusal({ ctx: { ...ctx, ip: `10.0.${i >> 8}.${i & 255}` }, entry, alone: 0 });
  expect(batches()).toBe(301);
  await writeRefusals({ ctx });
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
  await writeRefusals({ ctx });
  fail();
  await noted;
  await writeRefusals({ ctx });
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
  await expect(writeRefusals({ ctx: away })).rejects.toThrow("away");
  expect(await rows()).toEqual([]);
  await writeRefusals({ ctx });
  expect((await rows())[0]?.detail).toMatchObject({ count: 1 });
});
