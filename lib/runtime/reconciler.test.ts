import { randomUUID } from "node:crypto";
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database } from "@/lib/db/client";
import { batch, operation } from "@/lib/db/schema";
import { generateKind } from "@/lib/keys";
import { operationKinds } from "@/lib/operation-kinds";
import { nextReconcileAt, transferKind } from "@/lib/operations";
import { UpstreamError } from "@/lib/upstream";
import { createCallGuard } from "@/lib/upstream/http/call-guard";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { claimDue, startReconciler } from "./reconciler";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

test("readings come at 0, 2, 5 s, every 5 s to a minute, every 15 s to the quiet period's end, then each minute", () => {
  const end = new Date(0);
  const times: number[] = [];
  for (let at = -1; at < 700; at = times.at(-1) ?? 0)
    times.push(nextReconcileAt(end, new Date(at * 1000), 600).getTime() / 1000);
  expect(times.slice(0, 6)).toEqual([0, 2, 5, 10, 15, 20]);
  expect(times.slice(11, 17)).toEqual([50, 55, 60, 75, 90, 105]);
  expect(times.slice(-4)).toEqual([585, 600, 660, 720]);
  expect(nextReconcileAt(end, new Date(595_000), 597).getTime()).toBe(597_000);
});

test("what is due is taken once, however many reconcilers ask at the same time, and not again before its next look", async () => {
  const ids: string[] = [];
  for (let i = 0; i < 9; i++) ids.push(await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never"));
  const ended = new Date();
  await database()
    .db.update(operation)
    .set({ endedAt: ended, nextReconcileAt: ended })
    .where(inArray(operation.id, ids));
  const ctx = room.as("admin", () => new Date(ended.getTime() + 1_000));
  const taken = (await Promise.all(Array.from({ length: 8 }, () => claimDue(ctx, 3)))).flat().map((row) => row.id);
  expect(taken.toSorted()).toEqual(ids.toSorted());
  expect(await claimDue(ctx, 50)).toEqual([]);
  const next = room.as("admin", () => new Date(ended.getTime() + 5_000));
  expect((await claimDue(next, 50)).length).toBe(ids.length);
});

test("the reconciler finds outcomes by itself; a look that fails stops neither it nor the others", async () => {
  await database().db.update(operation).set({ nextReconcileAt: null }).where(isNotNull(operation.nextReconcileAt));
  const broken = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "before");
  const sound = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "before");
  const gone = await desk.unknownDestroy(desk.card(0), "before");
  const transfer = vi.fn<typeof transferKind.reconcile>((ctx, row) =>
    row.id === broken ? Promise.reject(new Error("boom")) : transferKind.reconcile(ctx, row),
  );
  const generate = vi.fn<typeof generateKind.reconcile>();
  const stop = startReconciler({
    ...operationKinds,
    transfer: { ...transferKind, reconcile: transfer },
    generate: { ...generateKind, reconcile: generate },
  });
  const applied = async () => {
    const where = and(eq(operation.state, "applied"), isNotNull(operation.finishedAt));
    const found = await database().db.select({ id: operation.id }).from(operation).where(where);
    return found.map((row) => row.id).toSorted();
  };
  await expect.poll(applied).toEqual([sound, gone].toSorted());
  await stop();
  const looks = transfer.mock.calls.length;
  expect(await desk.state(broken)).toBe("unknown");
  expect(generate).not.toHaveBeenCalled();
  expect(
    (
      await claimDue(
        room.as("admin", () => new Date(Date.now() + 60_000)),
        50,
      )
    ).map((row) => row.id),
  ).toContain(broken);
  expect(transfer.mock.calls.length).toBe(looks);
});

test("a reading that hangs holds up no other, and four of one kind none of another kind", async () => {
  await settleAll();
  const hanging = await Promise.all([1, 2, 3, 4].map(() => desk.transfer(desk.card(100), desk.card(5), 30)));
  const destroyed = await desk.unknownDestroy(desk.card(0), "before");
  const ids: string[] = [];
  for (const each of hanging) ids.push(await desk.unknown(each, "never"));
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const reconcile: typeof transferKind.reconcile = async (ctx, row) => {
    begun.push(row.id);
    if (ids.includes(row.id)) await released;
    else await transferKind.reconcile(ctx, row);
  };
  const stop = startReconciler({ ...operationKinds, transfer: { ...transferKind, reconcile } });
  const decided = (id: string) => vi.waitFor(async () => expect(await desk.state(id)).toBe("applied"), WAIT);
  await decided(destroyed);
  await vi.waitFor(() => expect(begun.toSorted()).toEqual(ids.toSorted()), WAIT);

  // Due again while they hang: none is begun twice.
  await database()
    .db.update(operation)
    .set({ nextReconcileAt: new Date(0) })
    .where(inArray(operation.id, ids));
  const second = await desk.unknownDestroy(desk.card(0), "before");
  await decided(second);
  expect(begun).toHaveLength(4);
  release();
  await stop();
});

test("one hanging reading leaves the other slots of its kind to those that come due later", async () => {
  await settleAll();
  const hanging = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never");
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const reconcile = vi.fn<typeof transferKind.reconcile>((ctx, row) =>
    row.id === hanging ? released : transferKind.reconcile(ctx, row),
  );
  const stop = startReconciler({ ...operationKinds, transfer: { ...transferKind, reconcile } });
  await vi.waitFor(() => expect(reconcile).toHaveBeenCalledTimes(1), WAIT);
  const later = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "before");
  await vi.waitFor(async () => expect(await desk.state(later)).toBe("applied"), WAIT);
  release();
  await stop();
});

test("a reading our own breaker refused is taken when the breaker closes, not when the schedule says", async () => {
  await settleAll();
  const id = await desk.unknownTransfer(desk.card(100), desk.card(5), 30, "never");
  const hourAgo = new Date(Date.now() - 3_600_000);
  await database().db.update(operation).set({ endedAt: hourAgo, nextReconcileAt: hourAgo }).where(eq(operation.id, id));
  const reconcile = vi.fn<typeof transferKind.reconcile>(() =>
    Promise.reject(new UpstreamError("espai", "circuit_open", "", null, 14_000)),
  );
  const stop = startReconciler({ ...operationKinds, transfer: { ...transferKind, reconcile } });
  await vi.waitFor(() => expect(reconcile).toHaveBeenCalled(), WAIT);
  await stop();
  const { nextReconcileAt, needsManualResolution } = await desk.row(id);
  expect(needsManualResolution).toBeNull();
  // By the schedule it would be a minute.
  expect((nextReconcileAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(14_000);
  expect(nextReconcileAt?.getTime()).toBeGreaterThan(hourAgo.getTime());
});

test("a chunk whose listing our own breaker refused is looked for when the breaker closes, and nobody is asked", async () => {
  await settleAll();
  const hourAgo = new Date(Date.now() - 3_600_000);
  const id = await unknownChunk(hourAgo);
  room.elapse(3_600_000);
  const guard = createCallGuard(() => 0);
  sharedSlot("upstream-call-guards").value = { potato: guard };
  for (let i = 0; i < 5; i++) guard.breaker.begin()?.("failed");
  const reconcile = vi.fn<typeof generateKind.reconcile>(generateKind.reconcile);
  const stop = startReconciler({ ...operationKinds, generate: { ...generateKind, reconcile } });
  const due = async () => (await desk.row(id)).nextReconcileAt?.getTime() ?? 0;
  await vi.waitFor(() => expect(reconcile.mock.settledResults).toMatchObject([{ type: "rejected" }]), WAIT);
  await stop();
  expect(await desk.row(id)).toMatchObject({ state: "unknown", needsManualResolution: null });
  // By the schedule it would be a minute.
  expect((await due()) - Date.now()).toBeLessThanOrEqual(15_000);
  expect(await due()).toBeGreaterThan(Date.now());
});

test("a listing of one key type that hangs holds up no chunk of another type", async () => {
  await settleAll();
  const hanging = await unknownChunk(new Date(), 2);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const reconcile: typeof generateKind.reconcile = async (ctx, row) => {
    begun.push(row.id);
    if (row.id === hanging) await released;
    else await generateKind.reconcile(ctx, row);
  };
  const stop = startReconciler({ ...operationKinds, generate: { ...generateKind, reconcile } });
  await vi.waitFor(() => expect(begun).toEqual([hanging]), WAIT);
  const later = await unknownChunk(new Date(), 3);
  const readings = () => desk.conclusions(later);
  await vi.waitFor(async () => expect((await readings())[0]).toBe("pending"), WAIT);
  release();
  await stop();
});

/** A chunk whose call ended at that moment, due to be looked for. */
async function unknownChunk(endedAt: Date, keyType = 2): Promise<string> {
  const id = randomUUID();
  const batchId = randomUUID();
  const by = { createdBy: null, createdByName: "operator", createdAt: endedAt };
  await database()
    .db.insert(batch)
    .values({ id: batchId, keyType, wanted: 10, state: "paused", updatedAt: endedAt, ...by });
  await database()
    .db.insert(operation)
    .values({
      id,
      batchId,
      kind: "generate",
      state: "unknown",
      params: { kind: "generate", keyType, count: 10 },
      actorName: "operator",
      createdAt: endedAt,
      expiresAt: endedAt,
      sentAt: endedAt,
      endedAt,
      nextReconcileAt: endedAt,
    });
  return id;
}

const WAIT = { timeout: 10_000 };
/** What earlier tests left unknown is due no more. */
const settleAll = () =>
  database().db.update(operation).set({ nextReconcileAt: null }).where(isNotNull(operation.nextReconcileAt));
