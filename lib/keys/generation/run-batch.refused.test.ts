import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { batch, operation } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { settleOperation } from "@/lib/operations";
import { changeOptions } from "@/sandbox/core/options";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { getBatch } from "../batches/get-batch";
import { pauseBatch } from "../batches/pause-batch";
import { readProgress } from "../batches/read-progress";
import { resumeBatch } from "../batches/resume-batch";
import { toGenerating } from "../batches/to-generating";
import { recoverMissingKeys } from "../recovery/recover-missing-keys";
import { exportKeys } from "../vault/export-keys";

const HOUR_MS = 3_600_000;
let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  listLag(0);
  await room.startAnew();
});

const listLag = (listLagMs: number) => changeOptions(room.sandbox.context.state.options, { listLagMs });
const stateOf = async (id: string) => (await room.chunksOf(id)).map((row) => row.state).toSorted();
const flagsOf = async (id: string) => (await room.rowsOf(id)).map(({ flag, recovered }) => [flag, recovered]);
const resume = (batchId: string) => resumeBatch({ ctx: room.as("operator"), input: { batchId } });
const detailOf = (batchId: string) => getBatch({ ctx: room.as("support"), input: { batchId } });

/** A batch whose first call was refused, without effect. */
async function refusedBatch(wanted = 10) {
  await room.fault({ fault: "failure-listed", match: { count: 1 } });
  const id = await room.create(2, wanted);
  await room.run(id);
  await room.clear();
  return id;
}

/** A batch whose first call was refused after it had made its keys, which are not listed yet. */
async function lyingBatch(wanted = 10) {
  listLag(HOUR_MS);
  await room.fault({ fault: "refused-after-effect", match: { count: 1 } });
  const id = await room.create(2, wanted);
  await room.run(id);
  await room.clear();
  expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "no_permission" });
  return id;
}

describe("a refused chunk", () => {
  test("pauses the batch at once, is unknown, and its keys are reserved until the quiet period is over", async () => {
    const id = await refusedBatch();
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", reason: "refusal_unproven", releasedAt: null }]);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "refused" });
    expect(await readProgress(room.db, id)).toMatchObject({ recorded: 0, unknown: 10, refused: 10, released: 0 });
    await room.look(id);
    expect(await stateOf(id)).toEqual(["unknown"]);
    await room.look(id, room.quiet());
    expect(await stateOf(id)).toEqual(["not_applied"]);
    expect(await readProgress(room.db, id)).toMatchObject({ unknown: 0, refused: 0 });
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(10);
  });

  test("does not keep a person from resuming: the batch is done, and the last listing is still owed", async () => {
    const id = await refusedBatch();
    await resume(id);
    expect(await readProgress(room.db, id)).toMatchObject({ unknown: 0, refused: 0, released: 10 });
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(await stateOf(id)).toEqual(["done", "unknown"]);
    await room.look(id, room.quiet());
    expect(await stateOf(id)).toEqual(["done", "not_applied"]);
    expect(await detailOf(id)).toMatchObject({ recorded: 10, surplus: 0, released: 0 });
  });

  test("stays reserved when the batch goes on by itself", async () => {
    const id = await refusedBatch(20);
    await room.db.update(batch).set({ pausedReason: "unreachable" }).where(eq(batch.id, id));
    await room.db.transaction((tx) => toGenerating(tx, room.as("admin"), { batchId: id, pausedFor: "unreachable" }));
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
    expect(await room.keysOf(id)).toHaveLength(10);
    expect(await readProgress(room.db, id)).toMatchObject({ unknown: 10, refused: 10, released: 0 });
  });

  test("does not take the keys of a lost call, though it is the older of the two", async () => {
    const refused = await refusedBatch();
    await room.fault({ fault: "reset", effect: "before", match: { count: 1 } });
    const lost = await room.create(2, 10);
    await room.run(lost);
    await room.look(lost);
    expect(await room.keysOf(refused)).toEqual([]);
    expect(await room.keysOf(lost)).toEqual(room.madeOf(2));
    expect(await room.batchOf(lost)).toMatchObject({ state: "done" });
  });
});

describe("a refused chunk that made its keys, in a list that lags behind", () => {
  test("found before anybody resumes: they are the batch's, and no others are made", async () => {
    const id = await lyingBatch();
    listLag(0);
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(10);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
  });

  test("listed by the time a person resumes: they are found before they are asked for again", async () => {
    const id = await lyingBatch();
    listLag(0);
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(10);
    expect(await flagsOf(id)).toEqual(Array(10).fill([null, true]));
  });

  test("found when others have been made: kept as surplus, beside exactly what was wanted", async () => {
    const id = await lyingBatch(30);
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(40);
    listLag(0);
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied", "done", "done", "done"]);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect((await flagsOf(id)).filter(([flag]) => flag)).toEqual(Array(10).fill(["surplus", true]));
    expect(await detailOf(id)).toMatchObject({ recorded: 30, usable: 30, surplus: 10, unknown: 0, released: 0 });
    const labels = {
      header: [],
      type: String,
      status: String,
      flag: (flag: string | null) => flag ?? "",
      name: () => [],
    };
    const lines = async (format: "txt" | "csv") => {
      const input = { batchId: id, format, purpose: "download" as const, flagged: false, status: null };
      const text = await (await exportKeys({ ctx: room.as("operator"), input, labels })).text();
      return text.trimEnd().split("\r\n");
    };
    expect(await lines("txt")).toHaveLength(30);
    expect((await lines("csv")).filter((line) => line.includes("surplus"))).toHaveLength(10);
  });

  test("found when the batch has room for some of them: only the others are surplus", async () => {
    const id = await lyingBatch(30);
    await resume(id);
    await room.db.update(batch).set({ wanted: 24 }).where(eq(batch.id, id));
    listLag(0);
    await room.look(id);
    expect((await flagsOf(id)).filter(([flag]) => flag === "surplus")).toHaveLength(6);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await detailOf(id)).toMatchObject({ recorded: 24, surplus: 6 });
  });

  test("settled as applied by an administrator when the batch is done: its keys are looked for, and are surplus", async () => {
    const id = await lyingBatch();
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    const unknown = and(eq(operation.batchId, id), eq(operation.state, "unknown"));
    await room.db.update(operation).set({ needsManualResolution: "undecidable" }).where(unknown);
    const [chunk] = await room.chunksOf(id);
    const input = { operationId: chunk?.id ?? "", as: "applied" as const, reason: "后台可见" };
    await settleOperation({ ctx: room.as("admin"), input, kinds });
    listLag(0);
    await recoverMissingKeys({ ctx: room.as("admin") });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(await detailOf(id)).toMatchObject({ state: "done", recorded: 10, surplus: 10, unknown: 0 });
  });

  test("settled as applied before others were made for it: its keys are the batch's", async () => {
    const id = await lyingBatch();
    await resume(id);
    await pauseBatch({ ctx: room.as("operator"), input: { batchId: id } });
    await room.db.update(operation).set({ needsManualResolution: "undecidable" }).where(eq(operation.batchId, id));
    const [chunk] = await room.chunksOf(id);
    const input = { operationId: chunk?.id ?? "", as: "applied" as const, reason: "后台可见" };
    await settleOperation({ ctx: room.as("admin"), input, kinds });
    listLag(0);
    await resume(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.madeOf(2)).toHaveLength(10);
    expect(await flagsOf(id)).toEqual(Array(10).fill([null, true]));
  });

  test("that waits for an administrator: resuming does not ask for its keys again", async () => {
    const id = await lyingBatch();
    await room.db.update(operation).set({ needsManualResolution: "foreign_keys" }).where(eq(operation.batchId, id));
    await resume(id);
    await room.run(id);
    expect(room.callsFor(2)).toHaveLength(1);
    expect(await readProgress(room.db, id)).toMatchObject({ unknown: 10, released: 0 });
  });

  test("of which some were found: the refusal is contradicted, and resuming does not ask for the others again", async () => {
    const id = await lyingBatch();
    listLag(0);
    room.sandbox.store.keys.splice(-3);
    await room.look(id);
    await resume(id);
    await room.run(id);
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", releasedAt: null }]);
    expect(await readProgress(room.db, id)).toMatchObject({ recorded: 7, unknown: 3, refused: 0, released: 0 });
    await room.look(id, room.quiet());
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toHaveLength(10);
  });
});

test.each([1, 2, 3, 4])(
  "calls that lie again and again, resumed each time: every key is recorded once, none too many counts (%i)",
  async (seed) => {
    listLag(150);
    await room.fault({ fault: "refused-after-effect", match: { probability: 0.4, seed } });
    const id = await room.create(2, 120);
    const isOver = async () => {
      await room.run(id);
      await room.look(id);
      const { state } = await room.batchOf(id);
      if (state === "paused") await resume(id);
      return state;
    };
    await expect.poll(isOver, { timeout: 60_000, interval: 20 }).toBe("done");
    listLag(0);
    await room.look(id, room.quiet());
    expect((await stateOf(id)).filter((state) => state === "unknown")).toEqual([]);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    const { recorded, surplus, unknown } = await detailOf(id);
    expect({ recorded, surplus, unknown }).toEqual({ recorded: 120, surplus: room.madeOf(2).length - 120, unknown: 0 });
  },
);
