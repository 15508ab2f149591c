import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { pruneSessions } from "./prune-sessions";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const now = new Date("2026-09-21T06:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

test("sessions go when they ended longer ago than the setting, by themselves or by somebody; no open one does", async () => {
  const { db } = database();
  const ctx = room.as("admin", () => now);
  const put = async (expires: number, revoked: number | null = null) => {
    const times = { expiresAt: daysAgo(expires), revokedAt: revoked === null ? null : daysAgo(revoked) };
    const [row] = await db
      .insert(session)
      .values({ userId: ctx.actor.id ?? "", ...times })
      .returning();
    return row?.id ?? "";
  };
  await put(401);
  await put(500);
  await put(300, 401);
  const kept = [await put(399), await put(-1), await put(-1, 2), await put(300, 399)];
  const stopped = new AbortController();
  stopped.abort();
  expect(await pruneSessions({ ctx, input: { chunk: 2, signal: stopped.signal } })).toBe(2);
  expect(await pruneSessions({ ctx, input: { chunk: 2 } })).toBe(1);
  const left = await db.select({ id: session.id }).from(session);
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
});
