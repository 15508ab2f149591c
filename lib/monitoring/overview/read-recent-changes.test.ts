import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listCards } from "@/lib/cards";
import type { CardFilter } from "@/lib/cards/types";
import { type Ctx, systemContext } from "@/lib/context";
import { card, cardEvent, operation, syncRun } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readRecentChanges } from "./read-recent-changes";

let room: TestRoom;
let ctx: Ctx;
beforeAll(async () => {
  room = await openTestRoom();
  ctx = { ...systemContext(), now: () => now };
});
afterAll(() => room.close());
afterEach(async () => {
  for (const table of [card, cardEvent, operation, syncRun]) await ctx.db.delete(table);
});

// 02:00 of the 22nd in Shanghai: yesterday began at 16:00 UTC of the 20th.
const now = new Date("2026-09-21T18:00:00Z");
const first = new Date("2026-09-20T16:00:00Z");
const before = new Date(first.getTime() - 1);

type Operation = typeof operation.$inferInsert;
const operations = (...rows: Partial<Operation>[]) =>
  ctx.db.insert(operation).values(
    rows.map((row) => ({
      id: randomUUID(),
      kind: "transfer" as const,
      state: "done" as const,
      params: { kind: "generate" as const, keyType: 1, count: 1 },
      actorName: "lin",
      createdAt: first,
      expiresAt: now,
      ...row,
    })),
  );

type Event = typeof cardEvent.$inferInsert;
const events = (...rows: Partial<Event>[]) =>
  ctx.db.insert(cardEvent).values(rows.map((row) => ({ cardId: "a", at: first, kind: "gone" as const, ...row })));

type Card = typeof card.$inferInsert;
const cards = (...rows: Partial<Card>[]) =>
  ctx.db
    .insert(card)
    .values(rows.map((row, i) => ({ id: `c${i}`, code: "A", type: "1", firstSeenAt: now, readAt: now, ...row })));

test("before anything happened all counts are 0, from the beginning of yesterday in the display zone", async () => {
  expect(await readRecentChanges({ ctx })).toEqual({
    day: "2026-09-21",
    moved: 0,
    destroyed: 0,
    created: 0,
    gone: 0,
    emptied: 0,
    most: 10_000,
    begunAt: null,
  });
});

test("transfers and destroys count that certainly happened since", async () => {
  await operations(
    {},
    { state: "applied" },
    { kind: "destroy" },
    { state: "unknown" },
    { state: "refused" },
    { state: "not_applied" },
    { state: "draft" },
    { createdAt: before },
    { kind: "generate" },
  );
  expect(await readRecentChanges({ ctx })).toMatchObject({ moved: 2, destroyed: 1 });
});

test("cards that are gone or used up count once, and not those that we destroyed or emptied ourselves", async () => {
  const zero = { kind: "balance" as const, before: "3", after: "0" };
  await events(
    {},
    {},
    { cardId: "b" },
    { cardId: "c", at: before },
    { cardId: "d", operationId: randomUUID() },
    zero,
    { ...zero, cardId: "b" },
    { ...zero, cardId: "b" },
    { ...zero, cardId: "c", operationId: randomUUID() },
    { ...zero, cardId: "d", before: null },
    { ...zero, cardId: "e", after: "1" },
    { ...zero, cardId: "f", at: before },
  );
  const { day, ...counts } = await readRecentChanges({ ctx });
  expect(counts).toMatchObject({ gone: 2, emptied: 2 });
  // Each number leads to a list of exactly those, also of one that came back, was topped up or vanished since.
  await cards({ id: "a" }, { id: "b", balance: 5, goneAt: now }, { id: "c" }, { id: "d" }, { id: "e" }, { id: "f" });
  const listed = async (filter: CardFilter) => {
    const { rows, total } = await listCards({
      ctx,
      input: { filter, sort: { id: "id", desc: false }, page: 1, size: 50 },
    });
    expect(total).toBe(rows.length);
    return rows.map(({ id }) => id);
  };
  expect(await listed({ goneSince: day })).toEqual(["a", "b"]);
  expect(await listed({ emptiedSince: day })).toEqual(["a", "b"]);
  expect(await listed({ goneSince: day, gone: "show" })).toEqual(["a", "b"]);
  expect(await listed({ goneSince: day, gone: "only" })).toEqual(["b"]);
  expect(await listed({ goneSince: day, balanceMin: 1 })).toEqual(["b"]);
  expect(await listed({ goneSince: "2026-09-20" })).toEqual(["a", "b", "c"]);
  expect(await listed({ emptiedSince: "2026-09-22" })).toEqual([]);
});

test("a new card is one that was made since and is still listed, not one that was first seen", async () => {
  await cards({ createdAt: first }, { createdAt: before }, { createdAt: null }, { createdAt: first, goneAt: now });
  expect(await readRecentChanges({ ctx })).toMatchObject({ created: 1 });
});

test("it says so when the console has looked for less than that", async () => {
  const run = { state: "done" as const, trigger: "start" as const };
  const ended = new Date(first.getTime() + 90_000);
  await ctx.db.insert(syncRun).values([
    { ...run, startedAt: new Date(first.getTime() + 60_000), finishedAt: ended },
    { ...run, startedAt: now, finishedAt: now },
  ]);
  expect((await readRecentChanges({ ctx })).begunAt).toBe(ended.toISOString());
  await ctx.db.insert(syncRun).values({ ...run, startedAt: before, finishedAt: before });
  expect((await readRecentChanges({ ctx })).begunAt).toBeNull();
});
