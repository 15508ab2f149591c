import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { approval, audit, batch, dailyUsage, operation, setting, user } from "@/lib/db/schema";
import { createBatch } from "@/lib/keys";
import { settingDefaults } from "@/lib/settings/schemas";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { decideApproval } from "./decide-approval";
import { requestApproval } from "./request-approval";
import { requestApprovalSchema } from "./schemas";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = room.as("admin");
  await db.delete(approval);
  await db.delete(dailyUsage);
  await db.delete(setting);
  const operator = { callsMoved: 100, cardsDestroyed: 1, keysMade: 10 };
  await db.insert(setting).values({ key: "daily_limits", value: { ...settingDefaults.daily_limits, operator } });
  await db.update(user).set({ passwordHash: "x", disabledAt: null }).where(eq(user.username, "admin"));
});

const large = () => desk.transfer(desk.card(500), desk.card(0), 150);
const subjectOf = (...operationIds: string[]) => ({ kind: "operation" as const, operationIds });
const ask = (subject: object, ctx = room.as("operator"), reason = "换卡活动") =>
  requestApproval({ ctx, input: requestApprovalSchema.parse({ subject, reason, reference: "T-1" }) });
const approve = (approvalId: string, ctx = room.as("admin")) =>
  decideApproval({ ctx, input: { decision: "approve", approvalId, reason: null } });
const refuse = (approvalId: string) =>
  decideApproval({ ctx: room.as("admin"), input: { decision: "refuse", approvalId, reason: "先联系客户" } });
const stored = () => room.as("admin").db.select().from(approval);
const trailOf = (id: string) =>
  room.as("admin").db.select().from(audit).where(eq(audit.targetId, id)).orderBy(audit.id);

const newBatch = (wanted: number, keyType: 0 | 1 | 2 = 0) => ({ batchId: randomUUID(), keyType, wanted, note: "活动" });
const create = (input: ReturnType<typeof newBatch>) => createBatch({ ctx: room.as("operator"), input });

test("over the limit, an approved draft is sent when it is confirmed again, leaves the day as it was, and is audited from the request on", async () => {
  const draft = await large();
  await expect(draft.confirm()).rejects.toMatchObject({ key: "limit_calls_moved" });
  const { approvalId } = await ask(subjectOf(draft.id));
  expect(await stored()).toMatchObject([{ state: "pending", measure: "callsMoved", asked: 150, reference: "T-1" }]);
  // The answer names the request that waits, so that nobody asks twice.
  const waiting = { key: "limit_calls_moved", params: { left: 100, approvalId } };
  await expect(draft.confirm()).rejects.toMatchObject(waiting);
  await approve(approvalId);
  expect(draft.writes()).toHaveLength(0);

  expect((await draft.confirm()).state).toBe("done");
  expect((await draft.confirm()).state).toBe("done");
  expect(draft.writes()).toHaveLength(1);
  expect(await room.as("admin").db.select({ used: dailyUsage.used }).from(dailyUsage)).toEqual([{ used: 0 }]);
  const trail = await trailOf(approvalId);
  expect(trail.map(({ action }) => action)).toEqual(["approval.requested", "approval.approved", "approval.used"]);
  expect(trail[2]?.detail).toMatchObject({ operationId: draft.id, asked: 150, used: 0, limit: 100 });
  const confirmed = (await trailOf(draft.id)).find(({ action }) => action === "operation.confirmed");
  expect(confirmed?.detail).toMatchObject({ approvalId });
});

test("20 confirmations at once, one of them approved: what is approved takes nothing of the day, the others never go over", async () => {
  const own = await Promise.all(Array.from({ length: 19 }, () => desk.transfer(desk.card(500), desk.card(0), 7)));
  const approved = await large();
  await approve((await ask(subjectOf(approved.id))).approvalId);
  const all = [...own.slice(0, 9), approved, ...own.slice(9)];
  const results = await Promise.allSettled(all.map(({ confirm }) => confirm()));
  expect(results[9]).toMatchObject({ status: "fulfilled", value: { state: "done" } });
  const begun = own.filter((draft) => draft.writes().length === 1);
  expect(begun).toHaveLength(14);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ key: "limit_calls_moved" });
  expect(await room.as("admin").db.select({ used: dailyUsage.used }).from(dailyUsage)).toEqual([{ used: 98 }]);
  expect(approved.writes()).toHaveLength(1);
});

test("an approval is for the drafts it names: another one of the same cards and amount is still refused", async () => {
  const [from, to] = [desk.card(900), desk.card(0)];
  const [named, other] = [await desk.transfer(from, to, 150), await desk.transfer(from, to, 150)];
  await approve((await ask(subjectOf(named.id))).approvalId);
  await expect(other.confirm()).rejects.toMatchObject({ key: "limit_calls_moved" });
  expect(other.writes()).toHaveLength(0);
});

test("several cards to destroy are one request, and each of them is then destroyed once", async () => {
  const drafts = [await desk.destroy(desk.card(0)), await desk.destroy(desk.card(0)), await desk.destroy(desk.card(0))];
  const results = await Promise.allSettled(drafts.map(({ confirm }) => confirm()));
  const refused = drafts.filter((_, i) => results[i]?.status === "rejected");
  expect(refused).toHaveLength(2);
  await approve((await ask(subjectOf(...refused.map(({ id }) => id)))).approvalId);
  expect(await stored()).toMatchObject([{ asked: 2 }]);
  const states = await Promise.all(refused.map(({ confirm }) => confirm()));
  expect(states.map(({ state }) => state)).toEqual(["done", "done"]);
});

test("exactly the batch that was approved is created: another type, count, note or id is not covered", async () => {
  const input = newBatch(30);
  await expect(create(input)).rejects.toMatchObject({ key: "limit_keys_made" });
  const { approvalId } = await ask({ kind: "batch", batch: input });
  await approve(approvalId);
  const others = [
    { ...input, wanted: 31 },
    { ...input, keyType: 1 as const },
    { ...input, note: "别的" },
    { ...input, batchId: randomUUID() },
  ];
  for (const other of others) await expect(create(other)).rejects.toMatchObject({ key: "limit_keys_made" });
  const created = await Promise.all(Array.from({ length: 20 }, () => create(input)));
  expect(new Set(created.map(({ batchId }) => batchId))).toEqual(new Set([input.batchId]));
  const { db } = room.as("admin");
  expect(await db.select().from(batch)).toMatchObject([{ id: input.batchId, wanted: 30, state: "generating" }]);
  expect((await trailOf(approvalId)).at(-1)).toMatchObject({ action: "approval.used", detail: { used: 0 } });
  expect((await trailOf(input.batchId)).at(-1)?.detail).toMatchObject({ approvalId });
  await expect(ask({ kind: "batch", batch: input })).rejects.toMatchObject({ key: "batch_form_used" });
});

test("a batch under a user's id is not asked for: that user could not decide on it", async () => {
  const batchId = room.as("admin").actor.id ?? "";
  const subject = { kind: "batch" as const, batch: { batchId, keyType: 1 as const, wanted: 50, note: "" } };
  const asking = requestApproval({ ctx: room.as("operator"), input: { subject, reason: "补货", reference: null } });
  await expect(asking).rejects.toMatchObject({ code: "conflict", key: "batch_form_used" });
});

test("the same request sent 20 times at once is one approval, and so are the same drafts in another order", async () => {
  const [a, b] = [await large(), await large()];
  const asked = await Promise.all(Array.from({ length: 20 }, () => ask(subjectOf(a.id, b.id))));
  const again = await ask(subjectOf(b.id, a.id, a.id));
  expect(new Set([again, ...asked].map(({ approvalId }) => approvalId)).size).toBe(1);
  expect(await stored()).toHaveLength(1);
});

test("a draft lives as long as its approval, and neither longer", async () => {
  const draft = await large();
  const { approvalId, expiresAt } = await ask(subjectOf(draft.id));
  const { db } = room.as("admin");
  const [kept] = await db.select().from(operation).where(eq(operation.id, draft.id));
  expect(kept?.expiresAt.toISOString()).toBe(expiresAt);
  const late = new Date(Date.parse(expiresAt));
  await expect(
    approve(
      approvalId,
      room.as("admin", () => late),
    ),
  ).rejects.toMatchObject({ key: "approval_expired" });
  await approve(
    approvalId,
    room.as("admin", () => new Date(late.getTime() - 1)),
  );
  expect((await draft.confirm()).state).toBe("done");
});

test("an approval that has expired lets nothing through any more", async () => {
  const input = newBatch(30, 1);
  const yesterday = () => new Date(Date.now() - 24 * 3_600_000);
  const { approvalId } = await ask({ kind: "batch", batch: input }, room.as("operator", yesterday));
  await approve(approvalId, room.as("admin", yesterday));
  await expect(create(input)).rejects.toMatchObject({ key: "limit_keys_made" });
});

test("a refused draft has ended: tomorrow's limit does not let it through, and it is not asked for again", async () => {
  const draft = await desk.transfer(desk.card(500), desk.card(0), 90);
  await refuse((await ask(subjectOf(draft.id))).approvalId);
  await expect(draft.confirm()).rejects.toMatchObject({ key: "preview_expired" });
  await expect(ask(subjectOf(draft.id))).rejects.toMatchObject({ key: "preview_expired" });
  expect(draft.writes()).toHaveLength(0);
});

test("only one's own drafts of one kind can be asked for, while they are drafts and not expired", async () => {
  const transfer = await large();
  const destroy = await desk.destroy(desk.card(0));
  const gone = { key: "no_such_preview" };
  await expect(ask(subjectOf(transfer.id), room.as("admin"))).rejects.toMatchObject({ key: "no_second_admin" });
  await room.as("admin").db.insert(user).values({ username: "second", role: "admin", passwordHash: "x" });
  await expect(ask(subjectOf(transfer.id), room.as("admin"))).rejects.toMatchObject(gone);
  await room.as("admin").db.delete(user).where(eq(user.username, "second"));
  await expect(ask(subjectOf(transfer.id, randomUUID()))).rejects.toMatchObject(gone);
  await expect(ask(subjectOf(transfer.id, destroy.id))).rejects.toMatchObject({ code: "bad_input" });
  const late = room.as("operator", () => new Date(Date.now() + 11 * 60_000));
  await expect(ask(subjectOf(transfer.id), late)).rejects.toMatchObject({ key: "preview_expired" });
  expect((await destroy.confirm()).state).toBe("done");
  await expect(ask(subjectOf(destroy.id))).rejects.toMatchObject(gone);
  expect(await stored()).toEqual([]);
});

test("it is refused where nobody else could approve, and for a role that may not write", async () => {
  const draft = await large();
  const { db } = room.as("admin");
  await db.update(user).set({ disabledAt: new Date() }).where(eq(user.username, "admin"));
  await expect(ask(subjectOf(draft.id))).rejects.toMatchObject({ code: "conflict", key: "no_second_admin" });
  await expect(ask(subjectOf(draft.id), room.as("support"))).rejects.toMatchObject({ code: "forbidden" });
});

test("at most 20 requests of a user are open, also when more come at once", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 24 }, () => ask({ kind: "batch", batch: newBatch(30) })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  const [refused] = results.filter((result) => result.status === "rejected");
  expect(refused?.reason).toMatchObject({ key: "too_many_approvals", params: { limit: 20 } });
  const [first] = await stored();
  await refuse(first?.id ?? "");
  await ask({ kind: "batch", batch: newBatch(30) });
});
