import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, operation } from "@/lib/db/schema";
import type { OperationRow } from "@/lib/operations";
import { type CreatedKeys, potato } from "@/lib/upstream";
import type { WriteOutcome } from "@/lib/upstream/types";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { claimChunk } from "../generation/claim-chunk";
import { recordChunk } from "../generation/record-chunk";
import { recordKeys } from "../generation/record-keys";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());

const admin = () => room.as("admin");

test("two short answers recorded at the same moment do not wait for each other", async () => {
  const id = await room.create(2, 20);
  const chunks: { row: OperationRow; outcome: WriteOutcome<CreatedKeys> }[] = [];
  for (let i = 0; i < 2; i++) {
    const claim = await claimChunk(admin(), id);
    if (claim.kind !== "chunk") throw new Error(claim.kind);
    chunks.push({ row: claim.row, outcome: await potato().createKeys({ type: 2, total: 8 }) });
  }
  let stored = 0;
  const both = Promise.withResolvers<void>();
  const record = ({ row, outcome }: (typeof chunks)[number]) =>
    room.db.transaction(async (tx) => {
      // Each has stored a key, and so shares the batch's row, before either asks for it.
      if (outcome.kind !== "done") throw new Error(outcome.kind);
      const [first, ...others] = outcome.data.keys;
      await recordKeys(tx, admin(), row, { keys: first ? [first] : [], unreadable: [] });
      stored += 1;
      if (stored === chunks.length) both.resolve();
      await both.promise;
      await recordChunk(tx, admin(), row, { ...outcome, data: { keys: others, unreadable: [] } });
    });
  await Promise.all(chunks.map(record));
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
  await room.db.update(operation).set({ state: "not_sent" }).where(eq(operation.batchId, id));
});

test("a chunk can be claimed while another chunk's keys are being stored", async () => {
  const id = await room.create(3, 20);
  const claim = await claimChunk(admin(), id);
  const outcome = await potato().createKeys({ type: 3, total: 10 });
  if (claim.kind !== "chunk" || outcome.kind !== "done") throw new Error("no chunk");
  await room.db.transaction(async (tx) => {
    await recordKeys(tx, admin(), claim.row, outcome.data);
    expect(await claimChunk(admin(), id)).toMatchObject({ kind: "chunk" });
  });
  await room.db.update(batch).set({ state: "cancelled" }).where(eq(batch.id, id));
});
