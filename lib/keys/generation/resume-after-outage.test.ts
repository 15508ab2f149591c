import { and, eq, isNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Ctx, systemContext } from "@/lib/context";
import { audit, batch, setting, upstreamStatus, user } from "@/lib/db/schema";
import { readUpstreamStatus } from "@/lib/monitoring";
import { changeSetting, pauseWrites, resumeWrites } from "@/lib/settings";
import { recordPoll } from "@/lib/upstream-status";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { getBatch } from "../batches/get-batch";
import { pauseBatch } from "../batches/pause-batch";
import { resumeAfterOutage } from "./resume-after-outage";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  await room.db.update(batch).set({ state: "cancelled" });
  await room.db.delete(upstreamStatus);
  await room.db.delete(setting);
  await room.sandbox.reset();
});

const at = (seconds: number): Ctx => ({ ...systemContext(), now: () => new Date(Date.now() + seconds * 1000) });
const sweep = (seconds: number) => resumeAfterOutage({ ctx: at(seconds) });
const down = () => room.sandbox.addFaults([{ fault: "html-502", match: { upstream: "potato" } }]);
const potatoState = async () =>
  (await readUpstreamStatus({ ctx: room.as("operator") })).find(({ upstream }) => upstream === "potato");

/** A batch that paused because PotatoCloud was down; it still is. */
async function cutOff(): Promise<string> {
  await down();
  const id = await room.create(2, 20);
  await room.run(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
  return id;
}

test("a batch that an outage paused goes on by itself when PotatoCloud can be read again, and not before", async () => {
  const id = await cutOff();
  const { resumesByItself } = await getBatch({ ctx: room.as("support"), input: { batchId: id } });
  expect(resumesByItself).toBe(true);
  await sweep(60);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
  await room.clear();
  await sweep(120);
  expect(await room.batchOf(id)).toMatchObject({ state: "generating", pausedReason: null });
  const own = and(eq(audit.targetId, id), eq(audit.action, "batch.resumed"), isNull(audit.actorId));
  expect(await room.db.select().from(audit).where(own)).toMatchObject([{ actorName: "system" }]);
  await room.run(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  expect(await room.keysOf(id)).toHaveLength(20);
});

test("while PotatoCloud is away it is asked once in a while, and screens say that it is", async () => {
  await cutOff();
  expect(await potatoState()).toMatchObject({ error: { key: "upstream.http_status" } });
  await room.clear();
  await room.sandbox.addFaults([{ fault: "json-403", match: { upstream: "potato" } }]);
  const calls = () => room.sandbox.context.counts.potato.total;
  const before = calls();
  await sweep(60);
  expect(calls()).toBe(before + 1);
  await sweep(70);
  expect(calls()).toBe(before + 1);
  expect(await potatoState()).toMatchObject({ state: "failing" });
  await room.clear();
  await sweep(90);
  expect(await potatoState()).toMatchObject({ state: "ok", error: null });
  await sweep(600);
  expect(calls()).toBe(before + 2);
});

test("another batch that reads well is answer enough", async () => {
  const id = await cutOff();
  await room.clear();
  await recordPoll(room.db, { source: "potato.keys", at: at(60).now(), error: null });
  const before = room.sandbox.context.counts.potato.total;
  await sweep(61);
  expect(room.sandbox.context.counts.potato.total).toBe(before);
  expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
});

test("with the setting off it stays paused, and its page says so", async () => {
  const input = { key: "resume_batches", value: { afterOutage: false } } as const;
  await changeSetting({ ctx: room.as("admin"), input });
  const id = await cutOff();
  await room.clear();
  await sweep(120);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
  const { resumesByItself } = await getBatch({ ctx: room.as("support"), input: { batchId: id } });
  expect(resumesByItself).toBe(false);
});

test("nor does one go on whose creator is disabled, while writes are paused, or that a person paused", async () => {
  const id = await cutOff();
  await room.clear();
  const creator = eq(user.id, room.as("operator").actor.id ?? "");
  await room.db.update(user).set({ disabledAt: new Date() }).where(creator);
  await sweep(120);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
  await room.db.update(user).set({ disabledAt: null }).where(creator);

  await pauseWrites({ ctx: room.as("admin"), input: { reason: "对账中" } });
  await sweep(240);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "unreachable" });
  await resumeWrites({ ctx: room.as("admin"), input: { reason: "完成" } });
  await sweep(360);
  expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
  await pauseBatch({ ctx: room.as("operator"), input: { batchId: id } });
  await sweep(480);
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "by_user" });
});

test("one that pauses again and again is resumed ever later", async () => {
  const id = await cutOff();
  await room.clear();
  const pausedAt = (await room.batchOf(id)).updatedAt;
  const resumedAfter = async (seconds: number) => {
    await resumeAfterOutage({ ctx: { ...at(0), now: () => new Date(pausedAt.getTime() + seconds * 1000) } });
    const { state } = await room.batchOf(id);
    const again = { state: "paused", pausedReason: "unreachable", updatedAt: pausedAt } as const;
    await room.db.update(batch).set(again).where(eq(batch.id, id));
    return state === "generating";
  };
  const seen: boolean[] = [];
  for (const seconds of [16, 32, 48, 64, 80, 96, 112, 128]) seen.push(await resumedAfter(seconds));
  expect(seen).toEqual([true, true, false, true, false, false, false, true]);
});
