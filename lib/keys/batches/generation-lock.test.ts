import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { batch, operation } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { recoverOperations, settleOperation } from "@/lib/operations";
import { potato } from "@/lib/upstream";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { DEADLINE_MS } from "@/test/support/pass-deadline";
import { claimChunk } from "../generation/claim-chunk";
import { sendChunk } from "../generation/send-chunk";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  await room.sandbox.reset();
  await room.db.update(batch).set({ state: "cancelled" });
});

const admin = () => room.as("admin");

test("a look whose lock was lost decides nothing when others made keys meanwhile", async () => {
  await room.fault({ fault: "reset", effect: "never", match: { count: 1 } });
  const id = await room.create(2, 10);
  await room.run(id);
  const client = potato();
  const { listKeys } = client;
  const list = vi.spyOn(client, "listKeys").mockImplementationOnce(async (input) => {
    // As after a restart of the database: the lock is gone, and somebody makes keys of the type.
    const [first] = await room.chunksOf(id);
    if (!first) throw new Error("no chunk");
    const other = { ...first, id: randomUUID(), state: "sent" as const, batchId: null };
    await room.db.insert(operation).values(other);
    await client.createKeys({ type: 2, total: 10 });
    await room.db.update(operation).set({ state: "done" }).where(eq(operation.id, other.id));
    return listKeys(input);
  });
  await room.look(id);
  list.mockRestore();
  expect(await room.keysOf(id)).toEqual([]);
  expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown" }]);
});

test("an answer that comes when everything is decided brings its keys all the same", async () => {
  const id = await room.create(2, 10);
  const taken = await claimChunk(admin(), id);
  if (taken.kind !== "chunk") throw new Error(taken.kind);
  const client = potato();
  const { createKeys } = client;
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.spyOn(client, "createKeys").mockImplementationOnce(async (input) => {
    begun.resolve();
    await released.promise;
    return createKeys(input);
  });
  const sent = sendChunk(admin(), taken.row, null, () => {});
  await begun.promise;
  await room.db.update(operation).set({ instanceId: randomUUID() }).where(eq(operation.id, taken.row.id));
  await recoverOperations({ ctx: admin() });
  await room.db.update(operation).set({ needsManualResolution: "undecidable" }).where(eq(operation.id, taken.row.id));
  const laterMs = 2 * DEADLINE_MS + (room.quiet() + 60) * 1000;
  const later = room.as("admin", () => new Date(Date.now() + laterMs));
  room.elapse(laterMs);
  const input = { operationId: taken.row.id, as: "not_applied" as const, reason: "后台没有" };
  room.elapse((room.quiet() + 60) * 1000);
  await settleOperation({ ctx: later, input, kinds });
  released.resolve();
  expect(await sent).toMatchObject({ state: "settled", settledAs: "not_applied" });
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
  expect(await room.keysOf(id)).toHaveLength(10);
});
