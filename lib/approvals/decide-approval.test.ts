import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { approval, audit, dailyUsage, setting, user } from "@/lib/db/schema";
import { settingDefaults } from "@/lib/settings/schemas";
import { type Draft, type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { countWaiting } from "./count-waiting";
import { decideApproval } from "./decide-approval";
import { getApproval } from "./get-approval";
import { requestApproval } from "./request-approval";
import { decideApprovalSchema } from "./schemas";

let room: TestRoom;
let desk: OperationDesk;
let admins: Ctx[];
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
  const admin = room.as("admin");
  const { db } = admin;
  await db.update(user).set({ passwordHash: "x" }).where(eq(user.username, "admin"));
  const [second] = await db.insert(user).values({ username: "second", role: "admin", passwordHash: "x" }).returning();
  admins = [admin, { ...admin, actor: { ...admin.actor, id: second?.id ?? null, name: "second" } }];
});
afterAll(() => room.close());
beforeEach(async () => {
  const { db } = room.as("admin");
  await db.delete(approval);
  await db.delete(dailyUsage);
  await db.delete(setting);
  const none = { callsMoved: 0, cardsDestroyed: 0, keysMade: 0 };
  const value = { ...settingDefaults.daily_limits, operator: none };
  await db.insert(setting).values({ key: "daily_limits", value });
  await db.update(user).set({ role: "admin", disabledAt: null }).where(eq(user.username, "second"));
});

async function asked(): Promise<{ draft: Draft; approvalId: string }> {
  const draft = await desk.transfer(desk.card(500), desk.card(0), 150);
  return { draft, approvalId: await ask(draft) };
}
async function ask({ id }: Draft): Promise<string> {
  const subject = { kind: "operation" as const, operationIds: [id] };
  const input = { subject, reason: "换卡活动", reference: null };
  return (await requestApproval({ ctx: room.as("operator"), input })).approvalId;
}
const decide = (ctx: Ctx, approvalId: string, decision: "approve" | "refuse" = "approve") =>
  decideApproval({ ctx, input: { approvalId, decision, reason: "同意" } });
const by = (index: number): Ctx => admins[index % 2] ?? room.as("admin");
const stored = (id: string) => room.as("admin").db.select().from(approval).where(eq(approval.id, id));

test("20 decisions at once by two administrators: one stands, the others learn whose; then 20 confirmations are one call", async () => {
  const { draft, approvalId } = await asked();
  const decisions = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => decide(by(i), approvalId)));
  expect(decisions.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [row] = await stored(approvalId);
  for (const result of decisions)
    if (result.status === "rejected")
      expect(result.reason).toMatchObject({
        code: "conflict",
        key: "approval_decided",
        params: { by: row?.decidedByName },
      });
  const states = await Promise.all(Array.from({ length: 20 }, () => draft.confirm()));
  expect(states.some(({ state }) => state === "done")).toBe(true);
  expect(draft.writes()).toHaveLength(1);
  const trail = await room.as("admin").db.select().from(audit).where(eq(audit.targetId, approvalId));
  expect(trail.filter(({ action }) => action === "approval.used")).toHaveLength(1);
});

test("approvals and refusals at once: whichever stands decides whether anything is sent", async () => {
  const { draft, approvalId } = await asked();
  const decisions = Array.from({ length: 20 }, (_, i) => decide(by(i), approvalId, i % 2 ? "approve" : "refuse"));
  const confirms = Array.from({ length: 5 }, () => draft.confirm());
  const [results] = await Promise.all([Promise.allSettled(decisions), Promise.allSettled(confirms)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [row] = await stored(approvalId);
  if (row?.state === "approved") expect((await draft.confirm()).state).toBe("done");
  else await expect(draft.confirm()).rejects.toMatchObject({ key: "preview_expired" });
  expect(draft.writes()).toHaveLength(row?.state === "approved" ? 1 : 0);
});

test("nobody decides on what they asked for themselves, also not once they have become an administrator", async () => {
  const { approvalId } = await asked();
  const operator = room.as("operator");
  const { db } = operator;
  await expect(decide(operator, approvalId)).rejects.toMatchObject({ code: "forbidden", key: "forbidden" });
  await db.update(user).set({ role: "admin" }).where(eq(user.username, "operator"));
  const promoted = { ...operator, actor: { ...operator.actor, role: "admin" as const } };
  for (const decision of ["approve", "refuse"] as const)
    await expect(decide(promoted, approvalId, decision)).rejects.toMatchObject({ key: "approval_own" });
  await db.update(user).set({ role: "operator" }).where(eq(user.username, "operator"));
  const tries = await db
    .select()
    .from(audit)
    .where(and(eq(audit.targetId, approvalId), eq(audit.outcome, "refused")));
  expect(tries.map(({ action, detail }) => [action, detail.why]).toSorted()).toEqual([
    ["access.refused", "approval_own"],
    ["access.refused", "approval_own"],
    ["access.refused", "forbidden"],
  ]);
  const oneself = { state: "approved", decidedBy: operator.actor.id, decidedAt: new Date() } as const;
  await expect(db.update(approval).set(oneself).where(eq(approval.id, approvalId))).rejects.toThrow();
  expect(await stored(approvalId)).toMatchObject([{ state: "pending" }]);
});

test("who has lost the role meanwhile decides nothing, and what they approved counts no more and can be asked for again", async () => {
  const { draft, approvalId } = await asked();
  const { db } = room.as("admin");
  const isSecond = eq(user.username, "second");
  await db.update(user).set({ role: "operator" }).where(isSecond);
  await expect(decide(by(1), approvalId)).rejects.toMatchObject({ code: "forbidden" });
  await db.update(user).set({ role: "admin" }).where(isSecond);
  await decide(by(1), approvalId);
  for (const lost of [{ role: "operator" as const }, { role: "admin" as const, disabledAt: new Date() }]) {
    await db.update(user).set(lost).where(isSecond);
    await expect(draft.confirm()).rejects.toMatchObject({ key: "limit_calls_moved" });
    const seen = await getApproval({ ctx: room.as("operator"), input: { approvalId } });
    expect(seen).toMatchObject({ state: "expired", maySend: false });
    expect(await countWaiting({ ctx: room.as("operator") })).toEqual({ waiting: 0 });
  }
  expect(draft.writes()).toHaveLength(0);
  const again = await ask(draft);
  expect(again).not.toBe(approvalId);
  await decide(by(0), again);
  expect((await draft.confirm()).state).toBe("done");
});

test("a decision stands and what was asked for never changes, in the database itself too", async () => {
  const { approvalId } = await asked();
  const { db } = room.as("admin");
  const change = (values: Partial<typeof approval.$inferInsert>) =>
    db.update(approval).set(values).where(eq(approval.id, approvalId));
  await expect(change({ asked: 1 })).rejects.toThrow();
  await expect(change({ expiresAt: new Date(Date.now() + 1e9) })).rejects.toThrow();
  await decide(by(0), approvalId, "refuse");
  await expect(change({ state: "approved" })).rejects.toThrow();
  await expect(decide(by(1), approvalId)).rejects.toMatchObject({ key: "approval_decided" });
});

test("a refusal needs a reason, an approval does not; one that does not exist is not found", async () => {
  const approvalId = "00000000-0000-4000-8000-000000000000";
  expect(decideApprovalSchema.safeParse({ approvalId, decision: "approve" }).success).toBe(true);
  for (const reason of [undefined, "", "  ", "no"])
    expect(decideApprovalSchema.safeParse({ approvalId, decision: "refuse", reason }).success).toBe(false);
  await expect(decide(by(0), approvalId)).rejects.toMatchObject({ code: "not_found" });
});
