import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { batch, cardKey } from "@/lib/db/schema";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { listChunks } from "../generation/list-chunks";
import { createBatchSchema, listBatchesSchema } from "../schemas";
import { createBatch } from "./create-batch";
import { findGenerating } from "./find-generating";
import { getBatch } from "./get-batch";
import { listBatches } from "./list-batches";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.clear());

const support = () => room.as("support");
const list = async (query: object) =>
  (await listBatches({ ctx: support(), input: listBatchesSchema.parse(query) })).rows.map((row) => row.id);

describe("the list of batches", () => {
  test("is filtered by type, state, creator, note and day, newest first", async () => {
    const made: string[] = [];
    const wishes = [
      { keyType: 0, note: "春节 100%", who: "operator", at: "2026-09-20T15:59:59Z" },
      { keyType: 1, note: "渠道_A", who: "admin", at: "2026-09-20T16:00:00Z" },
      { keyType: 2, note: "", who: "operator", at: "2026-09-22T00:00:00Z" },
    ] as const;
    for (const { keyType, note, who, at } of wishes) {
      const batchId = randomUUID();
      await createBatch({ ctx: room.as(who, () => new Date(at)), input: { batchId, keyType, wanted: 5, note } });
      made.push(batchId);
    }
    const [first, second, third] = made;
    await room.db
      .update(batch)
      .set({ state: "cancelled" })
      .where(eq(batch.id, first ?? ""));

    expect(await list({})).toEqual([third, second, first]);
    expect(await list({ types: [1, 2] })).toEqual([third, second]);
    expect(await list({ states: ["cancelled"] })).toEqual([first]);
    expect(await list({ creator: "ADMIN" })).toEqual([second]);
    expect(await list({ note: "100%" })).toEqual([first]);
    expect(await list({ note: "%" })).toEqual([first]);
    expect(await list({ note: "_" })).toEqual([second]);
    // A day begins at midnight in Shanghai, 16:00 UTC the day before.
    expect(await list({ from: "2026-09-21", to: "2026-09-21" })).toEqual([second]);
    expect(await list({ to: "2026-09-20" })).toEqual([first]);
    expect(await list({ page: 2 })).toEqual([]);
    expect(await findGenerating({ ctx: support() })).toEqual(expect.arrayContaining([second, third]));
    await room.db.update(batch).set({ state: "cancelled" });
  });
});

describe("one batch", () => {
  test("its numbers are counts of rows", async () => {
    await room.sandbox.addFaults([
      { fault: "keys-more", match: { kind: "generate", nth: 1 }, with: { by: 2 } },
      { fault: "keys-duplicate", match: { kind: "generate", nth: 2 }, with: { by: 1 } },
    ]);
    const id = await room.create(3, 40);
    await room.run(id);
    await room.run(id, { seconds: room.quiet() });
    const detail = await getBatch({ ctx: support(), input: { batchId: id } });
    const rows = await room.rowsOf(id);
    expect(detail).toMatchObject({
      state: "done",
      unknown: 0,
      inFlight: 0,
      remaining: 0,
      wrongType: 0,
      needManualResolution: 0,
    });
    expect(detail.recorded).toBe(rows.filter((row) => row.flag !== "duplicate").length);
    expect(detail.recorded).toBe(room.madeOf(3).length);
    expect(detail.usable).toBe(detail.recorded);
    expect(detail.extra).toBe(2);
    expect(detail.duplicate).toBe(1);
    expect(JSON.stringify(detail)).not.toMatch(/[0-9A-F]{32}/);

    const chunks = await listChunks({ ctx: support(), input: { batchId: id, page: 1, size: 50 } });
    expect(chunks.total).toBe((await room.chunksOf(id)).length);
    expect(chunks.rows.reduce((sum, row) => sum + row.keys, 0)).toBe(detail.recorded);
  });

  test("speed and time left follow from the last minute", async () => {
    const id = await room.create(3, 60);
    await room.sandbox.addFaults([{ fault: "reset", effect: "never", match: { kind: "generate", nth: 3 } }]);
    await room.run(id);
    await room.db.update(batch).set({ wanted: 100, state: "generating" }).where(eq(batch.id, id));
    const recordedAt = new Date();
    await room.db.update(cardKey).set({ recordedAt }).where(eq(cardKey.batchId, id));
    const detail = async (seconds: number) => {
      const ctx = room.as("support", () => new Date(recordedAt.getTime() + seconds * 1000));
      return getBatch({ ctx, input: { batchId: id } });
    };
    const counts = { recorded: 50, unknown: 10, remaining: 40 };
    expect(await detail(30)).toMatchObject({ ...counts, ratePerMinute: 100, secondsLeft: 24 });
    expect(await detail(61)).toMatchObject({ ...counts, ratePerMinute: null, secondsLeft: null });
  });

  test("an id nobody knows is not found", async () => {
    const unknown = getBatch({ ctx: support(), input: { batchId: randomUUID() } });
    await expect(unknown).rejects.toEqual(new AppError("not_found", "batch_not_found"));
  });
});

test("what a form may ask for is checked: types, 1 to 10,000, whole numbers, no extra fields", () => {
  const wish = { batchId: randomUUID(), keyType: 2, wanted: 500, note: " 春节 " };
  expect(createBatchSchema.parse(wish)).toMatchObject({ note: "春节" });
  for (const bad of [
    { wanted: 0 },
    { wanted: 10_001 },
    { wanted: 1.5 },
    { wanted: "5" },
    { keyType: 6 },
    { keyType: -1 },
    { note: "x".repeat(201) },
    { batchId: "1" },
    { more: true },
  ])
    expect(createBatchSchema.safeParse({ ...wish, ...bad }).success).toBe(false);
});
