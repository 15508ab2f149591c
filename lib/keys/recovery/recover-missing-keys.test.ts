import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { batch } from "@/lib/db/schema";
import { potato } from "@/lib/upstream";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { cancelBatch } from "../batches/cancel-batch";
import { readProgress } from "../batches/read-progress";
import { recoverMissingKeys } from "./recover-missing-keys";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.clear());

test("keys missing from a short answer are looked for also when the console was off for a day and more", async () => {
  const id = await room.create(2, 10);
  await room.fault({ fault: "keys-fewer", with: { by: 3, hide: true }, match: { count: 1 } });
  const list = potato().listKeys;
  // The list lags behind until the console stops.
  potato().listKeys = async (input) => {
    const listed = await list(input);
    const { keys } = listed;
    const held = new Set(await room.keysOf(id));
    const made = new Set(room.madeOf(2));
    const shown = keys.filter(({ cardStr }) => !made.has(cardStr) || held.has(cardStr));
    return { ...listed, keys: shown, rows: listed.rows - (keys.length - shown.length) };
  };
  await room.run(id);
  await cancelBatch({ ctx: room.as("admin"), input: { batchId: id } });
  potato().listKeys = list;
  expect(await readProgress(room.db, id)).toMatchObject({ recorded: 7, unknown: 3 });
  await room.db
    .update(batch)
    .set({ updatedAt: new Date(Date.now() - 25 * 3_600_000) })
    .where(eq(batch.id, id));
  await recoverMissingKeys({ ctx: room.as("admin", () => new Date(Date.now() + 60_000)) });
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
});
