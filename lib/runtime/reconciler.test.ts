import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { generateKind } from "@/lib/keys";
import { operationKinds } from "@/lib/operation-kinds";
import { nextReconcileAt, transferKind } from "@/lib/operations";
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
