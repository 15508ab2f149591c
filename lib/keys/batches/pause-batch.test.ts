import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { batch } from "@/lib/db/schema";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { createBatchSchema } from "../schemas";
import { cancelBatch } from "./cancel-batch";
import { createBatch } from "./create-batch";
import { pauseBatch } from "./pause-batch";
import { resumeBatch } from "./resume-batch";
import { toGenerating } from "./to-generating";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  await room.db.update(batch).set({ state: "cancelled" }).where(eq(batch.state, "generating"));
  await room.sandbox.reset();
});

const operator = () => room.as("operator");

describe("people steer a batch", () => {
  test("pause stops taking, resume goes on, cancel keeps what was made", async () => {
    const id = await room.create(1, 30);
    await pauseBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(room.callsFor(1)).toHaveLength(0);
    await expect(pauseBatch({ ctx: operator(), input: { batchId: id } })).rejects.toMatchObject({
      key: "batch_not_generating",
    });

    await room.fault({ fault: "failure-listed", match: { nth: 2 } });
    await resumeBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    const made = room.madeOf(1).length;
    expect(made).toBeGreaterThan(0);
    await cancelBatch({ ctx: operator(), input: { batchId: id } });
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "cancelled" });
    expect(await room.keysOf(id)).toHaveLength(made);
    await expect(resumeBatch({ ctx: operator(), input: { batchId: id } })).rejects.toMatchObject({
      key: "batch_not_paused",
    });
    await expect(cancelBatch({ ctx: operator(), input: { batchId: id } })).rejects.toMatchObject({
      key: "batch_is_over",
    });
  });

  test("one that goes on by itself at the moment it is cancelled is cancelled", async () => {
    const id = await room.create(1, 30);
    await room.db.update(batch).set({ state: "paused", pausedReason: "unreachable" }).where(eq(batch.id, id));
    const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    let cancelled: Promise<unknown> | undefined;
    await room.db.transaction(async (tx) => {
      await toGenerating(tx, room.as("admin"), { batchId: id, pausedFor: "unreachable" });
      cancelled = cancelBatch({ ctx: operator(), input: { batchId: id } }).catch((error: unknown) => error);
      await expect.poll(async () => (await room.db.execute(waits)).rowCount).toBe(1);
    });
    expect(await cancelled).toBeNull();
    expect(await room.batchOf(id)).toMatchObject({ state: "cancelled" });
    await room.run(id);
    expect(room.callsFor(1)).toHaveLength(0);
  });

  test("the same form sent twenty times at once is one batch; changed, it is refused", async () => {
    const input = { batchId: randomUUID(), keyType: 3 as const, wanted: 10, note: "春节" };
    const sent = await Promise.all(Array.from({ length: 20 }, () => createBatch({ ctx: operator(), input })));
    expect(new Set(sent.map((one) => one.batchId))).toEqual(new Set([input.batchId]));
    await room.run(input.batchId);
    await createBatch({ ctx: operator(), input });
    expect(room.madeOf(3)).toHaveLength(10);
    const changed = createBatch({ ctx: operator(), input: { ...input, wanted: 20 } });
    await expect(changed).rejects.toMatchObject({ code: "conflict", key: "batch_form_used" });
    const other = createBatch({ ctx: room.as("admin"), input });
    await expect(other).rejects.toMatchObject({ key: "batch_form_used" });
  });

  test("a note that was cut within a character is kept without that half, and sent again it is the same", async () => {
    const input = createBatchSchema.parse({ batchId: randomUUID(), keyType: 5, wanted: 1, note: "春节\ud83e" });
    await createBatch({ ctx: operator(), input });
    await createBatch({ ctx: operator(), input });
    expect(await room.batchOf(input.batchId)).toMatchObject({ note: "春节\ufffd" });
  });

  test("a large batch needs a note that says why; without one nothing is created", async () => {
    const create = (wanted: number, note: string) =>
      createBatch({ ctx: operator(), input: { batchId: randomUUID(), keyType: 4, wanted, note } });
    await expect(create(200, "")).rejects.toMatchObject({ key: "note_required", fields: { note: "required" } });
    expect(await room.db.$count(batch, eq(batch.keyType, 4))).toBe(0);
    const { batchId } = await create(199, "");
    await cancelBatch({ ctx: operator(), input: { batchId } });
    expect(await room.batchOf((await create(200, "春节")).batchId)).toMatchObject({ wanted: 200, note: "春节" });
  });

  test("one batch of a type generates at a time, also when it is resumed; the refusal names the other", async () => {
    const first = await room.create(2, 10);
    await expect(room.create(2, 5)).rejects.toMatchObject({
      code: "conflict",
      key: "batch_type_generating",
      params: { batchId: first, actor: "operator" },
    });
    await pauseBatch({ ctx: operator(), input: { batchId: first } });
    const second = await room.create(2, 5);
    const resumed = resumeBatch({ ctx: operator(), input: { batchId: first } });
    await expect(resumed).rejects.toMatchObject({ key: "batch_type_generating", params: { batchId: second } });
    await room.run(second);
    await resumeBatch({ ctx: operator(), input: { batchId: first } });
    await room.run(first);
    expect(await room.keysOf(first)).toHaveLength(10);
    expect(await room.keysOf(second)).toHaveLength(5);
  });
});
