import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setting, user } from "@/lib/db/schema";
import { confirmOperation, previewDestroy, previewTransfer, transferKind } from "@/lib/operations";
import { previewTransferSchema } from "@/lib/operations/schemas";
import { settingDefaults } from "@/lib/settings/schemas";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { countWaiting } from "./count-waiting";
import { decideApproval } from "./decide-approval";
import { getApproval } from "./get-approval";
import { listApprovals } from "./list-approvals";
import { requestApproval } from "./request-approval";
import { listApprovalsSchema } from "./schemas";
import type { ApprovalState } from "./types";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
  const { db } = room.as("admin");
  await db.update(user).set({ passwordHash: "x" });
  await db.insert(user).values({ username: "second", role: "admin", passwordHash: "x" });
  const operator = { callsMoved: 100, cardsDestroyed: 0, keysMade: 0 };
  await db.insert(setting).values({ key: "daily_limits", value: { ...settingDefaults.daily_limits, operator } });
});
afterAll(() => room.close());

const operator = () => room.as("operator");
const admin = () => room.as("admin");
const words = { reason: "换卡活动", reference: "T-7" };
const ask = (operationIds: string[]) =>
  requestApproval({ ctx: operator(), input: { subject: { kind: "operation", operationIds }, ...words } });
const get = (approvalId: string, ctx = operator()) => getApproval({ ctx, input: { approvalId } });
const list = async (ctx = operator(), state: ApprovalState | null = null) =>
  (await listApprovals({ ctx, input: listApprovalsSchema.parse({ state }) })).rows.map(({ id }) => id);
const waiting = async (ctx = operator()) => (await countWaiting({ ctx })).waiting;

test("it shows what, why and before → after, to its requester and to administrators, from the request to its use", async () => {
  const from = desk.card(500);
  const draft = await desk.transfer(from, desk.card(7), 150);
  const { approvalId } = await ask([draft.id]);

  const shown = await get(approvalId, admin());
  expect(shown).toMatchObject({ state: "pending", kind: "transfer", asked: 150, ...words, own: false, left: 1 });
  expect(shown.dailyUse).toEqual({ used: 0, limit: 100 });
  const [operation] = shown.operations;
  expect(operation).toMatchObject({ amount: 150, source: { after: 350 }, target: { after: 157 } });
  expect([operation?.source?.card.balance, operation?.target?.card.balance]).toEqual([500, 7]);
  // Cards are masked as everywhere.
  expect(JSON.stringify(shown)).not.toContain(from.code);
  expect(JSON.stringify(shown)).not.toContain(String(from.user_phone));
  expect([shown.mayDecide, shown.maySend]).toEqual([true, false]);
  expect(await get(approvalId)).toMatchObject({ own: true, mayDecide: false, maySend: false });
  expect([await waiting(admin()), await waiting(), await waiting(room.as("support"))]).toEqual([1, 0, 0]);

  await decideApproval({ ctx: admin(), input: { decision: "approve", approvalId, reason: null } });
  expect(await get(approvalId)).toMatchObject({ state: "approved", decidedByName: "admin", maySend: true });
  expect([await waiting(admin()), await waiting()]).toEqual([0, 1]);

  await draft.confirm();
  const used = await get(approvalId);
  expect(used).toMatchObject({ state: "used", left: 0, maySend: false, operations: [{ state: "done" }] });
  expect(await waiting()).toBe(0);
});

test("somebody else's is not found, except by administrators; nobody decides on their own there", async () => {
  const subject = {
    kind: "batch" as const,
    batch: { batchId: randomUUID(), keyType: 2 as const, wanted: 9, note: "" },
  };
  const { approvalId } = await requestApproval({ ctx: admin(), input: { subject, ...words } });
  await expect(get(approvalId)).rejects.toMatchObject({ code: "not_found" });
  expect(await get(approvalId, admin())).toMatchObject({ kind: "generate", mayDecide: false, batch: subject.batch });
  expect(await list()).not.toContain(approvalId);
  expect(await list(admin())).toContain(approvalId);
  expect(await waiting(admin())).toBe(0);
  await expect(get(randomUUID())).rejects.toMatchObject({ code: "not_found" });
});

test("the list has what waits first, and filters by the state as it is seen", async () => {
  const { id } = await desk.transfer(desk.card(500), desk.card(0), 150);
  const pending = (await ask([id])).approvalId;
  const draft = await desk.transfer(desk.card(500), desk.card(0), 150);
  const refused = (await ask([draft.id])).approvalId;
  await decideApproval({ ctx: admin(), input: { decision: "refuse", approvalId: refused, reason: "不行" } });
  expect((await list())[0]).toBe(pending);
  expect(await list(operator(), "pending")).toEqual([pending]);
  expect(await list(operator(), "refused")).toEqual([refused]);
  const tomorrow = room.as("operator", () => new Date(Date.now() + 24 * 3_600_000));
  expect(await list(tomorrow, "expired")).toContain(pending);
  expect(await list(tomorrow, "pending")).toEqual([]);
  expect((await getApproval({ ctx: tomorrow, input: { approvalId: pending } })).state).toBe("expired");
});

test("that it gives a transfer back, or is a half of a merge, is in the list and with the operation it belongs to", async () => {
  const ctx = operator();
  const partOf = async (approvalId: string) => {
    const { rows } = await listApprovals({ ctx: admin(), input: listApprovalsSchema.parse({}) });
    return rows.find(({ id }) => id === approvalId)?.part;
  };
  const draftOf = async (input: Parameters<typeof previewTransferSchema.parse>[0]) => {
    const { draft } = await previewTransfer({ ctx, input: previewTransferSchema.parse(input) });
    return draft?.operationId ?? "";
  };
  const [from, to] = [desk.card(90), desk.card(60)];
  const first = await desk.transfer(from, to, 90);
  expect((await first.confirm()).state).toBe("done");
  const back = await draftOf({ sourceId: to.id, targetId: from.id, amount: 90, reverses: first.id });
  const reversal = (await ask([back])).approvalId;
  expect(await get(reversal, admin())).toMatchObject({ part: "reversal", operations: [{ reverses: first.id }] });
  expect(await partOf(reversal)).toBe("reversal");

  const merging = await draftOf({ sourceId: to.id, targetId: from.id, merges: true });
  const merge = (await ask([merging])).approvalId;
  expect(await get(merge, admin())).toMatchObject({ part: "merge", operations: [{ merges: true, reverses: null }] });
  expect(await partOf(merge)).toBe("merge");
  await decideApproval({ ctx: admin(), input: { decision: "approve", approvalId: merge, reason: null } });
  const merged = { ctx, kind: transferKind, input: { operationId: merging } };
  expect((await confirmOperation(merged)).state).toBe("done");
  const { rows } = await previewDestroy({ ctx, input: { cardIds: [to.id], mergeOf: merging } });
  const end = (await ask([rows[0]?.draft?.operationId ?? ""])).approvalId;
  expect(await get(end, admin())).toMatchObject({ kind: "destroy", part: "merge", operations: [{ mergeOf: merging }] });

  const plain = (await ask([(await desk.transfer(desk.card(500), desk.card(0), 150)).id])).approvalId;
  expect(await get(plain, admin())).toMatchObject({ part: null, operations: [{ reverses: null, merges: false }] });
});
