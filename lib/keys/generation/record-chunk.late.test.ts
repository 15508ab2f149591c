import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { audit, batch, operation } from "@/lib/db/schema";
import { recordOutcome } from "@/lib/operations/confirm/record-outcome";
import { potato } from "@/lib/upstream";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { readProgress } from "../batches/read-progress";
import { claimChunk } from "./claim-chunk";
import { recordChunk } from "./record-chunk";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(() => room.startAnew());
const admin = () => room.as("admin");
const marks = (type: number) => room.sandbox.store.keys.filter((key) => key.type === type).map((key) => key.id);

async function sentChunk(id: string) {
  const claim = await claimChunk(admin(), id);
  if (claim.kind !== "chunk") throw new Error("nothing claimed");
  const baseline = { kind: "listing" as const, found: 0, unknownKeys: 0, complete: true, newest: marks(2) };
  await room.db
    .update(operation)
    .set({ state: "sent", sentAt: new Date(), baseline })
    .where(eq(operation.id, claim.row.id));
  return claim.row;
}
const toUnknown = (id: string) =>
  room.db
    .update(operation)
    .set({ state: "unknown", endedAt: new Date(), reason: "process_died" })
    .where(eq(operation.id, id));

/** The upstream's list shows so many of the keys it made no more, or later: call what is returned. */
function hide(count: number): () => void {
  const made = new Set(room.madeOf(2));
  const { keys } = room.sandbox.store;
  const hidden = keys.filter((key) => made.has(key.cardStr)).slice(0, count);
  for (const key of hidden) keys.splice(keys.indexOf(key), 1);
  return () => void keys.unshift(...hidden);
}

test("a late answer of a chunk that a listing found only in part: no key of it is dropped", async () => {
  const id = await room.create(2, 10);
  const chunk = await sentChunk(id);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  await toUnknown(chunk.id);
  // The list lags behind, or shows three of them no more: another console decides by what it sees.
  hide(3);
  await room.look(id);
  await room.look(id, room.quiet());
  expect((await room.chunksOf(id)).map(({ state }) => state)).toEqual(["applied"]);
  expect(await room.keysOf(id)).toHaveLength(7);
  // The console that had the answer in memory reaches the database again.
  await recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
});

test("what a listing said was missing and was made again meanwhile is surplus when a late answer brings it", async () => {
  const id = await room.create(2, 10);
  const chunk = await sentChunk(id);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  await toUnknown(chunk.id);
  hide(3);
  await room.look(id);
  await room.look(id, room.quiet());
  await room.run(id, { seconds: room.quiet() });
  expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  await recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  expect(await readProgress(room.db, id)).toMatchObject({ recorded: 10 });
  expect((await room.rowsOf(id)).map(({ flag }) => flag).filter(Boolean)).toEqual(["surplus", "surplus", "surplus"]);
});

test("a late answer of a chunk whose keys were asked for again does not take its batch past its count", async () => {
  const first = await room.create(2, 10);
  const never = await sentChunk(first);
  await toUnknown(never.id);
  await room.db.update(batch).set({ state: "paused" }).where(eq(batch.id, first));
  const second = await room.create(2, 10);
  const chunk = await sentChunk(second);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  await toUnknown(chunk.id);
  await room.look(second);
  await room.look(second, room.quiet());
  expect((await room.chunksOf(second)).map(({ state }) => state)).toEqual(["not_applied"]);
  await room.run(second, { seconds: room.quiet() });
  expect(await room.batchOf(second)).toMatchObject({ state: "done" });
  await recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  expect(await readProgress(room.db, second)).toMatchObject({ recorded: 10 });
});

test("a late answer that contradicts what was decided, recorded again because its commit was not acknowledged, is there once", async () => {
  const id = await room.create(2, 10);
  const chunk = await sentChunk(id);
  await toUnknown(chunk.id);
  await room.look(id);
  await room.look(id, room.quiet());
  expect((await room.chunksOf(id)).map(({ state }) => state)).toEqual(["not_applied"]);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  const record = () => recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  await record();
  await record();
  expect(await room.rowsOf(id)).toHaveLength(10);
});

test("a batch that is done keeps its keys, though a late answer says which call made them", async () => {
  const first = await room.create(2, 10);
  const never = await sentChunk(first);
  await toUnknown(never.id);
  await room.db.update(batch).set({ state: "paused" }).where(eq(batch.id, first));
  const second = await room.create(2, 10);
  const chunk = await sentChunk(second);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  await toUnknown(chunk.id);
  await room.db.update(batch).set({ state: "paused" }).where(eq(batch.id, second));
  await room.db.update(batch).set({ state: "generating" }).where(eq(batch.id, first));
  await room.look(first);
  await room.look(first, room.quiet());
  expect(await room.batchOf(first)).toMatchObject({ state: "done" });
  const handedOut = await room.keysOf(first);
  expect(handedOut).toHaveLength(10);
  await recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  expect(await room.keysOf(first)).toEqual(handedOut);
  expect(await readProgress(room.db, second)).toMatchObject({ recorded: 0 });
});

test("keys that a late answer brings against what was decided come with a record in the audit", async () => {
  const id = await room.create(2, 10);
  const chunk = await sentChunk(id);
  await toUnknown(chunk.id);
  await room.look(id);
  await room.look(id, room.quiet());
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  const audited = () => room.db.$count(audit, eq(audit.targetId, chunk.id));
  const before = await audited();
  await recordOutcome({ ctx: admin(), id: chunk.id, outcome, applyOutcome: recordChunk });
  expect(await room.rowsOf(id)).toHaveLength(10);
  expect(await audited()).toBe(before + 1);
});

test("a late answer that says what a listing found already changes no flag of a batch that is done", async () => {
  const id = await room.create(2, 20);
  const lost = await sentChunk(id);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  const other = await sentChunk(id);
  // The other call brought two keys more than were asked for.
  const more = await potato().createKeys({ type: 2, total: 10 });
  const extra = await potato().createKeys({ type: 2, total: 2 });
  if (more.kind !== "done" || extra.kind !== "done") throw new Error("not made");
  more.data.keys.push(...extra.data.keys);
  await toUnknown(lost.id);
  await recordOutcome({ ctx: admin(), id: other.id, outcome: more, applyOutcome: recordChunk });
  await room.look(id);
  await room.run(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  const before = (await room.rowsOf(id)).map(({ id: key, flag }) => [key, flag]).toSorted();
  await recordOutcome({ ctx: admin(), id: lost.id, outcome, applyOutcome: recordChunk });
  expect((await room.rowsOf(id)).map(({ id: key, flag }) => [key, flag]).toSorted()).toEqual(before);
});

test("a late answer whose keys another chunk of its done batch got: the batch keeps its count", async () => {
  const id = await room.create(2, 20);
  const a = await sentChunk(id);
  const outcome = await potato().createKeys({ type: 2, total: 10 });
  const show = hide(10);
  const b = await sentChunk(id);
  await toUnknown(a.id);
  // a: not applied by a listing that lagged behind; its keys show later, and b gets them.
  await room.db.update(operation).set({ state: "not_applied" }).where(eq(operation.id, a.id));
  await toUnknown(b.id);
  show();
  await room.look(id);
  expect((await room.chunksOf(id)).map(({ state }) => state).toSorted()).toEqual(["applied", "not_applied"]);
  await room.run(id);
  expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  expect(await readProgress(room.db, id)).toMatchObject({ recorded: 20 });
  await recordOutcome({ ctx: admin(), id: a.id, outcome, applyOutcome: recordChunk });
  expect(await readProgress(room.db, id)).toMatchObject({ recorded: 20 });
});
