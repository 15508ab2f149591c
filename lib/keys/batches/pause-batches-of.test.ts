import { desc, eq, inArray } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { audit, batch, user } from "@/lib/db/schema";
import { changeRole, disableUser, enableUser } from "@/lib/users";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { pauseBatch } from "./pause-batch";
import { pauseBatchesOf } from "./pause-batches-of";
import { resumeBatch } from "./resume-batch";

let room: BatchRoom;
beforeAll(async () => {
  room = await openBatchRoom();
  // Somebody who can sign in must remain.
  await room.db.update(user).set({ passwordHash: "x" }).where(eq(user.role, "admin"));
});
afterAll(() => room.close());
afterEach(async () => {
  await room.db.update(batch).set({ state: "cancelled" });
  await room.db.update(user).set({ role: "operator", disabledAt: null }).where(eq(user.id, operatorId()));
  await room.sandbox.reset();
});

const admin = () => room.as("admin");
const operatorId = () => room.as("operator").actor.id ?? "";
const stateOf = async (id: string) => {
  const { state, pausedReason } = await room.batchOf(id);
  return [state, pausedReason];
};
const disable = () => disableUser({ ctx: admin(), input: { userId: operatorId() }, pauseBatches: pauseBatchesOf });
const changeTo = (role: "support" | "admin") =>
  changeRole({ ctx: admin(), input: { userId: operatorId(), role }, pauseBatches: pauseBatchesOf });

describe("somebody who may generate no more", () => {
  test.each([
    ["is disabled", disable, "user.disabled"],
    ["is demoted", () => changeTo("support"), "user.role_changed"],
  ])(
    "%s: their generating batches pause at once, and the answer and the audit say how many",
    async (_, act, action) => {
      const [first, second] = [await room.create(1, 10), await room.create(2, 10)];
      const paused = await room.create(3, 10);
      await pauseBatch({ ctx: admin(), input: { batchId: paused } });
      const others = await room.create(4, 10, admin());
      expect(await act()).toEqual({ pausedBatches: 2 });
      expect(await Promise.all([first, second, paused, others].map(stateOf))).toEqual([
        ["paused", "creator_not_allowed"],
        ["paused", "creator_not_allowed"],
        ["paused", "by_user"],
        ["generating", null],
      ]);
      const [row] = await room.db.select().from(audit).where(eq(audit.action, action)).orderBy(desc(audit.id)).limit(1);
      expect(row?.detail).toMatchObject({ pausedBatches: 2 });
      const trail = await room.db
        .select()
        .from(audit)
        .where(inArray(audit.targetId, [first, second]));
      const pauses = trail.filter((entry) => entry.action === "batch.paused");
      expect(pauses.map((entry) => [entry.actorName, entry.detail])).toMatchObject(
        Array(2).fill([admin().actor.name, { reason: "creator_not_allowed" }]),
      );
    },
  );

  test("again: nothing is paused twice; enabled again, their batches can be resumed", async () => {
    const id = await room.create(1, 10);
    await disable();
    expect(await disable()).toEqual({ pausedBatches: 0 });
    await expect(resumeBatch({ ctx: admin(), input: { batchId: id } })).rejects.toMatchObject({
      key: "batch_creator_not_allowed",
    });
    await enableUser({ ctx: admin(), input: { userId: operatorId() } });
    await resumeBatch({ ctx: admin(), input: { batchId: id } });
    expect(await stateOf(id)).toEqual(["generating", null]);
  });

  test("is one transaction: what can't be paused is not disabled", async () => {
    const id = await room.create(1, 10);
    const failing = disableUser({
      ctx: admin(),
      input: { userId: operatorId() },
      pauseBatches: async (tx, ctx, userId) => {
        await pauseBatchesOf(tx, ctx, userId);
        throw new Error("lost");
      },
    });
    await expect(failing).rejects.toThrow("lost");
    expect(await stateOf(id)).toEqual(["generating", null]);
    const [row] = await room.db.select().from(user).where(eq(user.id, operatorId()));
    expect(row?.disabledAt).toBeNull();
  });
});

test("who may still generate keeps their batches going", async () => {
  const id = await room.create(1, 10);
  expect(await changeTo("admin")).toEqual({ pausedBatches: 0 });
  expect(await stateOf(id)).toEqual(["generating", null]);
});
