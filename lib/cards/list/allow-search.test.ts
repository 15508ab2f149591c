import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { audit, countedSearch, setting } from "@/lib/db/schema";
import { countSearches } from "@/lib/limits";
import { settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { findCards } from "./find-cards";
import { listCards } from "./list-cards";

let room: TestRoom;
const START = Date.UTC(2026, 8, 21, 6);
const after = (minutes: number) => () => new Date(START + minutes * 60_000);

beforeAll(async () => {
  room = await openTestRoom();
  const value = { ...settingDefaults.disclosure_limits, supportSearches: 10 };
  await room.as("admin").db.insert(setting).values({ key: "disclosure_limits", value });
});
afterAll(() => room.close());
beforeEach(() => room.as("admin").db.delete(countedSearch));

const kept = (ctx: Ctx) => ctx.db.$count(countedSearch);
const list = (ctx: Ctx, phone: string) =>
  listCards({ ctx, input: { filter: { phone }, sort: { id: "created", desc: true }, page: 1, size: 20 } });

test("searches at once never go over together; who is over it is told when to go on, and that is audited", async () => {
  const ctx = room.as("support", after(0));
  const phones = Array.from({ length: 30 }, (_, i) => `phone:1590000${1000 + i}`);
  const results = await Promise.allSettled(phones.map((phone) => countSearches(ctx, [phone])));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  for (const result of results)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({ key: "limit_searches", params: { limit: 10, minutes: 60 } });
  const reached = and(eq(audit.action, "limit.reached"), eq(audit.actorName, "support"));
  const [row] = await ctx.db.select().from(audit).where(reached);
  expect(row).toMatchObject({ outcome: "refused", detail: { measure: "searches", limit: 10 } });
  await countSearches(room.as("support", after(60)), ["phone:8888"]);
});

test("searches of one user at once take one connection of the pool, not one each", async () => {
  const ctx = room.as("support", after(100));
  let running = 0;
  let most = 0;
  const transaction: Ctx["db"]["transaction"] = async (work) => {
    running += 1;
    most = Math.max(most, running);
    try {
      return await ctx.db.transaction(work);
    } finally {
      running -= 1;
    }
  };
  const db: Ctx["db"] = Object.create(ctx.db, { transaction: { value: transaction } });
  const phones = Array.from({ length: 20 }, (_, i) => `phone:1590000${3000 + i}`);
  await Promise.allSettled(phones.map((phone) => countSearches({ ...ctx, db }, [phone])));
  expect(most).toBe(1);
});

test("the same search again, in whatever spelling, counts once: a list that reads itself again uses nothing up", async () => {
  const ctx = room.as("support", after(200));
  for (const phone of ["15916888888", "+86 159-1688-8888", "15916888888"]) await list(ctx, phone);
  await findCards({ ctx, input: { text: "159 1688 8888" } });
  expect(await kept(ctx)).toBe(1);
});

test("each phone and code of a pasted text counts, and none of them when they are too many", async () => {
  const ctx = room.as("support", after(400));
  const column = (count: number) => Array.from({ length: count }, (_, i) => `1590000${2000 + i}`).join("\n");
  await expect(findCards({ ctx, input: { text: column(11) } })).rejects.toMatchObject({ key: "limit_searches" });
  expect(await kept(ctx)).toBe(0);
  await findCards({ ctx, input: { text: column(9) } });
  await list(ctx, "8888");
  await expect(list(ctx, "8889")).rejects.toMatchObject({ code: "too_many", params: { limit: 10 } });
  // What was searched for already goes on.
  await list(ctx, "8888");
});

test("only the hour counts, and hashes alone are kept of it", async () => {
  await list(room.as("support", after(600)), "15916888888");
  const later = room.as("support", after(660));
  await list(later, "15916888889");
  const rows = await later.db.select().from(countedSearch);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("16888889");
});

test("who may see them whole is not counted", async () => {
  const ctx = room.as("operator", after(800));
  await list(ctx, "8888");
  await list(ctx, "159");
  expect(await kept(ctx)).toBe(0);
});
