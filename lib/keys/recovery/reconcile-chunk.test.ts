import { desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sharedSlot } from "@/lib/core/shared-slot";
import { batch, cardKey, operation, operationReading } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { settleOperation } from "@/lib/operations";
import { recordOutcome } from "@/lib/operations/confirm/record-outcome";
import type { CreatedKeys } from "@/lib/upstream";
import { potato } from "@/lib/upstream";
import { createCallGuard } from "@/lib/upstream/http/call-guard";
import type { WriteOutcome } from "@/lib/upstream/types";
import type { Effect } from "@/sandbox/core/effect";
import type { FaultName } from "@/sandbox/core/fault-names";
import { changeOptions, defaultOptions } from "@/sandbox/core/options";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { readProgress } from "../batches/read-progress";
import { resumeBatch } from "../batches/resume-batch";
import { claimChunk } from "../generation/claim-chunk";
import { generateKind } from "../generation/generate-kind";
import { recordChunk } from "../generation/record-chunk";
import { recoverLostKeys } from "./recover-lost-keys";
import { recoverMissingKeys } from "./recover-missing-keys";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
});
afterAll(() => room.close());
afterEach(async () => {
  await room.clear();
  changeOptions(room.sandbox.context.state.options, defaultOptions());
  await room.sandbox.reset();
  await room.db.update(batch).set({ state: "cancelled" });
  // What a test left unknown must not be in doubt for the next one.
  await room.db
    .update(operation)
    .set({ state: "settled", settledAs: "not_applied" })
    .where(eq(operation.state, "unknown"));
});

const admin = () => room.as("admin");
const NONE = { refused: 0, released: 0 };
const stateOf = async (id: string) => (await room.chunksOf(id)).map((row) => row.state);

/** A batch of 10 whose only call got this fault. */
async function unknownBatch(effect: Effect, fault: FaultName = "reset", wanted = 10) {
  await room.fault({ fault, effect, match: { count: 1 } });
  const id = await room.create(2, wanted);
  await room.run(id);
  return id;
}

describe("one unknown chunk", () => {
  test("that had happened is found at once, and its keys are marked as recovered", async () => {
    const id = await unknownBatch("before");
    expect(await stateOf(id)).toEqual(["unknown"]);
    expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect((await room.rowsOf(id)).every((row) => row.recovered)).toBe(true);
    const [reading] = await room.db.select().from(operationReading).orderBy(desc(operationReading.id)).limit(1);
    expect(reading).toMatchObject({ conclusion: "applied", reading: { kind: "listing", found: 10, complete: true } });
  });

  test("that never happens is kept in doubt until the quiet period is over, and only then made again", async () => {
    const id = await unknownBatch("never");
    await room.look(id);
    await room.run(id);
    expect(await stateOf(id)).toEqual(["unknown"]);
    // A wall clock that is set forward proves nothing.
    const forward = room.as("admin", () => new Date(Date.now() + room.quiet() * 1000));
    for (const row of await room.chunksOf(id)) await generateKind.reconcile(forward, row);
    expect(await stateOf(id)).toEqual(["unknown"]);
    expect(room.callsFor(2)).toHaveLength(1);
    await room.look(id, room.quiet());
    expect(await stateOf(id)).toEqual(["not_applied"]);
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.madeOf(2)).toHaveLength(10);
  });

  test("that happens late is not taken for one that did not happen", async () => {
    const id = await unknownBatch({ lateMs: 3_600_000 });
    await room.look(id);
    expect(await stateOf(id)).toEqual(["unknown"]);
    room.sandbox.context.delayed.applyAll();
    expect(room.madeOf(2)).toHaveLength(10);
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    await room.run(id);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.callsFor(2)).toHaveLength(1);
  });

  test("leaves its keys reserved while the batch goes on with the rest", async () => {
    const id = await unknownBatch("never", "reset", 45);
    expect(await room.keysOf(id)).toHaveLength(35);
    expect(room.madeOf(2)).toHaveLength(35);
    await room.look(id, room.quiet());
    await room.run(id);
    expect(await room.keysOf(id)).toHaveLength(45);
    expect(room.madeOf(2)).toHaveLength(45);
  });

  test.each([-600_000, 600_000])("is found though the upstream's clock is %i ms off", async (skew) => {
    changeOptions(room.sandbox.context.state.options, { clockSkewMs: skew });
    const before = await room.create(2, 10);
    await room.run(before);
    const id = await unknownBatch("before");
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    expect([...(await room.keysOf(before)), ...(await room.keysOf(id))].toSorted()).toEqual(room.madeOf(2));
  });

  test("is found while its batch is making others", async () => {
    changeOptions(room.sandbox.context.state.options, { latencyMs: { potato: 20 } });
    await room.fault({ fault: "cut-with-length", effect: "before", match: { nth: 3 } });
    const id = await room.create(2, 300);
    const running = room.run(id);
    const applied = async () => {
      await room.look(id);
      return (await stateOf(id)).filter((state) => state === "applied").length;
    };
    await expect.poll(applied).toBe(1);
    await running;
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.madeOf(2)).toHaveLength(300);
    changeOptions(room.sandbox.context.state.options, { latencyMs: 0 });
  });

  test("stays in doubt when the listing can't be read; after the quiet period a person may decide", async () => {
    const id = await unknownBatch("never");
    await room.sandbox.addFaults([{ fault: "html-500", match: { kind: "keys" } }]);
    await expect(room.look(id)).rejects.toMatchObject({ name: "UpstreamError" });
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", needsManualResolution: null }]);
    await expect(room.look(id, room.quiet())).rejects.toMatchObject({ name: "UpstreamError" });
    expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", needsManualResolution: "undecidable" }]);
    await room.clear();
    await room.look(id, room.quiet());
    expect(await room.chunksOf(id)).toMatchObject([{ state: "not_applied", needsManualResolution: null }]);
  });
});

test("a listing our own breaker refused asks nobody after the quiet period, and when the breaker closes it decides", async () => {
  const id = await unknownBatch("never");
  let breakerTime = 0;
  const guard = createCallGuard(() => breakerTime);
  sharedSlot("upstream-call-guards").value = { potato: guard };
  for (let i = 0; i < 5; i++) guard.breaker.begin()?.("failed");
  const refused = { reason: "circuit_open", retryInMs: 15_000 };
  await expect(room.look(id, room.quiet())).rejects.toMatchObject(refused);
  expect(await room.chunksOf(id)).toMatchObject([{ state: "unknown", needsManualResolution: null }]);
  breakerTime = 15_000;
  await room.look(id, room.quiet());
  expect(await stateOf(id)).toEqual(["not_applied"]);
});

describe("more keys than the chunk can have made", () => {
  async function crowded() {
    const id = await unknownBatch("before");
    await potato().createKeys({ type: 2, total: 3 });
    await room.look(id);
    return id;
  }

  test("are nobody's until a person decides, and the batch pauses", async () => {
    const id = await crowded();
    const [chunk] = await room.chunksOf(id);
    expect(chunk).toMatchObject({ state: "unknown", needsManualResolution: "too_many_keys", nextReconcileAt: null });
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "too_many_keys" });
    expect(await room.keysOf(id)).toHaveLength(0);
  });

  test("settled as applied: the keys made nearest to the call are taken, and no other call is made", async () => {
    const id = await crowded();
    const [chunk] = await room.chunksOf(id);
    const input = { operationId: chunk?.id ?? "", as: "applied" as const, reason: "后台可见 10 个" };
    await settleOperation({ ctx: admin(), input, kinds });
    await recoverMissingKeys({ ctx: admin() });
    expect(await room.keysOf(id)).toHaveLength(10);
    await resumeBatch({ ctx: admin(), input: { batchId: id } });
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(room.callsFor(2)).toHaveLength(2);
    const [first] = room.callsFor(2);
    const ours = first?.changes.flatMap((change) => (change.kind === "key" ? [change.cardStr] : [])).toSorted();
    expect(await room.keysOf(id)).toEqual(ours);
  });

  test("settled as not applied: the batch makes its keys when it is resumed", async () => {
    const id = await crowded();
    const [chunk] = await room.chunksOf(id);
    const input = { operationId: chunk?.id ?? "", as: "not_applied" as const, reason: "均为手工生成" };
    const later = () => new Date(Date.now() + room.quiet() * 1000);
    room.elapse(room.quiet() * 1000);
    await settleOperation({ ctx: room.as("admin", later), input, kinds });
    room.elapse(0);
    await resumeBatch({ ctx: admin(), input: { batchId: id } });
    await room.run(id);
    expect(await room.keysOf(id)).toHaveLength(10);
    expect(room.callsFor(2)).toHaveLength(3);
  });
});

describe("keys made from another address", () => {
  const makeElsewhere = async (total: number, keyMakerIp = "203.0.113.9") => {
    changeOptions(room.sandbox.context.state.options, { keyMakerIp });
    const made = await potato().createKeys({ type: 2, total });
    changeOptions(room.sandbox.context.state.options, { keyMakerIp: "127.0.0.1" });
    return made.kind === "done" ? made.data.keys.map((key) => key.cardStr) : [];
  };
  /** One of our answers says where we are. */
  beforeEach(async () => room.run(await room.create(2, 10)));

  test("are not adopted though they fit: a person decides, and the batch pauses", async () => {
    const id = await unknownBatch("never");
    await makeElsewhere(3);
    await room.look(id);
    expect(await room.keysOf(id)).toEqual([]);
    const [chunk] = await room.chunksOf(id);
    expect(chunk).toMatchObject({ state: "unknown", needsManualResolution: "foreign_keys", nextReconcileAt: null });
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "foreign_keys" });
  });

  test("are adopted when an administrator says that the call happened", async () => {
    const id = await unknownBatch("never");
    const keys = await makeElsewhere(10);
    await room.look(id);
    const [chunk] = await room.chunksOf(id);
    const input = { operationId: chunk?.id ?? "", as: "applied" as const, reason: "本机地址已变更" };
    await settleOperation({ ctx: admin(), input, kinds });
    await recoverMissingKeys({ ctx: admin() });
    expect(await room.keysOf(id)).toEqual(keys.toSorted());
    expect((await room.rowsOf(id)).every((row) => row.recovered && row.makerIp === "203.0.113.9")).toBe(true);
  });

  test("hinder nothing when our own are all found", async () => {
    const id = await unknownBatch("before");
    const foreign = await makeElsewhere(3);
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect((await room.keysOf(id)).filter((key) => foreign.includes(key))).toEqual([]);
  });

  test("or with no address said: decides nothing", async () => {
    const id = await unknownBatch("never");
    const keys = await makeElsewhere(10, "");
    await room.look(id);
    expect(await stateOf(id)).toEqual(["applied"]);
    expect(await room.keysOf(id)).toEqual(keys.toSorted());
  });

  test("beside a short answer: the batch pauses once, and when resumed makes its own", async () => {
    await room.fault({ fault: "keys-fewer", match: { count: 1 }, with: { by: 1 } });
    const id = await room.create(2, 10);
    await room.run(id);
    const foreign = await makeElsewhere(1);
    await room.run(id, { seconds: 30 });
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "foreign_keys" });
    expect(await readProgress(room.db, id)).toEqual({ recorded: 9, inFlight: 0, unknown: 1, ...NONE });
    await resumeBatch({ ctx: admin(), input: { batchId: id } });
    await room.run(id, { seconds: 60 });
    expect(await room.batchOf(id)).toMatchObject({ state: "generating" });
    await room.run(id, { seconds: room.quiet() + 60 });
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toHaveLength(10);
    expect((await room.keysOf(id)).filter((key) => foreign.includes(key))).toEqual([]);
  });
});

describe("when the key list caps its pages", () => {
  const pagings = [
    { keyPageStep: "asked", keyPageEnd: "nothing", keys: 0 },
    { keyPageStep: "given", keyPageEnd: "nothing", keys: 30 },
    { keyPageStep: "given", keyPageEnd: "repeat", keys: 0 },
    { keyPageStep: "asked", keyPageEnd: "repeat", keys: 30 },
  ];
  test.each(pagings)("the keys of a lost call are found on a later page: %j", async ({ keys, ...paging }) => {
    await room.sandbox.reset({ keys });
    changeOptions(room.sandbox.context.state.options, { keyPageCap: 100, ...paging });
    const id = await unknownBatch("before", "reset", 210);
    await room.look(id, room.quiet());
    expect((await stateOf(id)).filter((state) => state !== "done")).toEqual(["applied"]);
    expect(room.madeOf(2)).toHaveLength(210);
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
  });

  test("a call that made nothing is told from one that did", async () => {
    await room.sandbox.reset({ keys: 0 });
    changeOptions(room.sandbox.context.state.options, { keyPageCap: 100 });
    const id = await unknownBatch("never", "reset", 210);
    await room.look(id, room.quiet());
    expect((await stateOf(id)).filter((state) => state !== "done")).toEqual(["not_applied"]);
  });
});

describe("several unknown chunks", () => {
  test("two in a row pause the batch; it resumes on request and ends with exactly what was wanted", async () => {
    await room.fault({ fault: "reset", effect: "before" });
    const id = await room.create(2, 60);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "paused", pausedReason: "two_unknown" });
    expect(room.callsFor(2).length).toBeLessThanOrEqual(5);
    await room.clear();
    await resumeBatch({ ctx: admin(), input: { batchId: id } });
    await room.run(id);
    await room.look(id);
    await room.run(id);
    expect(await room.batchOf(id)).toMatchObject({ state: "done" });
    expect(await room.keysOf(id)).toEqual(room.madeOf(2));
    expect(room.madeOf(2)).toHaveLength(60);
  });

  test("of two batches are looked for together", async () => {
    await room.fault({ fault: "reset", effect: "before", match: { count: 1 } });
    const first = await room.create(2, 10);
    await room.run(first);
    await room.db.update(batch).set({ state: "paused" }).where(eq(batch.id, first));
    const second = await unknownBatch("never");
    await room.look(first);
    expect([await stateOf(first), await stateOf(second)]).toEqual([["unknown"], ["unknown"]]);
    expect(await room.keysOf(first)).toEqual(room.madeOf(2));
    await room.look(second, room.quiet());
    expect([await stateOf(first), await stateOf(second)]).toEqual([["applied"], ["not_applied"]]);
  });
});

describe("one listing is for all chunks of a type:", () => {
  async function twoUnknown() {
    await room.fault({ fault: "reset", effect: "never" });
    const id = await room.create(2, 20);
    await room.run(id);
    await room.clear();
    expect(await stateOf(id)).toEqual(["unknown", "unknown"]);
    return id;
  }

  test("whoever asks before it has begun shares it", async () => {
    await twoUnknown();
    const list = vi.spyOn(potato(), "listKeys");
    const recoveries = Array.from({ length: 5 }, () => recoverLostKeys(admin(), 2));
    expect(await Promise.all(recoveries)).toEqual(Array(5).fill(true));
    expect(new Set(list.mock.calls.map(([{ page }]) => page)).size).toBe(list.mock.calls.length);
    await recoverLostKeys(admin(), 2);
    expect(new Set(list.mock.calls.map(([{ page }]) => page)).size).toBeLessThan(list.mock.calls.length);
    list.mockRestore();
  });

  test("none that was due, too, is listed again before its next time", async () => {
    const id = await twoUnknown();
    const [first] = await room.chunksOf(id);
    if (!first?.endedAt) throw new Error("no chunk");
    const at = new Date(first.endedAt.getTime() + 30_000);
    await generateKind.reconcile(
      room.as("admin", () => at),
      first,
    );
    for (const { nextReconcileAt } of await room.chunksOf(id)) {
      expect(nextReconcileAt?.getTime()).toBeGreaterThan(at.getTime());
      expect(nextReconcileAt?.getTime()).toBeLessThanOrEqual(at.getTime() + 5_000);
    }
  });
});

test("an answer that comes after its keys were found stores none twice", async () => {
  const id = await room.create(2, 20);
  const taken = [await claimChunk(admin(), id), await claimChunk(admin(), id)];
  const rows = taken.flatMap((one) => (one.kind === "chunk" ? [one.row] : []));
  const [one, two] = rows;
  if (!one || !two) throw new Error("nothing taken");
  const baseline = { kind: "listing" as const, found: 0, unknownKeys: 0, complete: true, newest: marks(2) };
  for (const [i, row] of rows.entries()) {
    const patch = { state: "sent" as const, sentAt: new Date(Date.now() + i), baseline };
    await room.db.update(operation).set(patch).where(eq(operation.id, row.id));
  }
  // Recovery took a living process for dead; the second call has been made, the first never will be.
  const outcome: WriteOutcome<CreatedKeys> = await potato().createKeys({ type: 2, total: 10 });
  for (const row of rows)
    await room.db.update(operation).set({ state: "unknown", endedAt: new Date() }).where(eq(operation.id, row.id));
  expect(await recoverLostKeys(admin(), 2)).toBe(true);
  expect((await room.rowsOf(id)).map((row) => row.operationId)).toEqual(Array(10).fill(one.id));

  const late = await recordOutcome({ ctx: admin(), id: two.id, outcome, applyOutcome: recordChunk });

  expect(late.state).toBe("applied");
  expect(await room.keysOf(id)).toEqual(room.madeOf(2));
  expect((await room.rowsOf(id)).map((row) => row.operationId)).toEqual(Array(10).fill(two.id));
  await room.look(id, room.quiet());
  expect((await stateOf(id)).toSorted()).toEqual(["applied", "not_applied"]);
});

test("a chunk whose found keys went to the call that made them is short again until it is listed again", async () => {
  const id = await unknownBatch("before", "reset", 20);
  await room.look(id);
  expect((await stateOf(id)).toSorted()).toEqual(["applied", "done"]);
  const [found, other] = (await room.chunksOf(id)).toSorted((a, b) => a.state.localeCompare(b.state));
  const [key] = (await room.rowsOf(id)).filter((row) => row.operationId === found?.id);
  await room.db
    .update(cardKey)
    .set({ operationId: other?.id ?? "" })
    .where(eq(cardKey.id, key?.id ?? ""));
  expect(await readProgress(room.db, id)).toMatchObject({ recorded: 20, unknown: 1 });
});

const marks = (type: number) => room.sandbox.store.keys.filter((key) => key.type === type).map((key) => key.id);
