import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { audit, setting } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { getOperation } from "../read/get-operation";
import { settleOperation } from "../reconcile/settle-operation";
import { previewTransferSchema } from "../schemas";
import { confirmOperation } from "./confirm-operation";

const QUIET_S = 600;
let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

/** 10 calls went from one card to the other, for certain. */
async function transferred() {
  const [from, to] = [desk.card(100), desk.card(50)];
  const { id, confirm } = await desk.transfer(from, to, 10);
  expect((await confirm()).state).toBe("done");
  return { id, from, to };
}

type Back = { reverses?: string; retryOf?: string; amount?: number; role?: Role };

/** Ask for some calls to go from one card to another as a reversal. */
async function preview(
  from: CardRow,
  to: CardRow,
  { role = "operator", amount = 10, ...links }: Back,
): Promise<string> {
  const input = previewTransferSchema.parse({ sourceId: from.id, targetId: to.id, amount, ...links });
  const { draft, problems } = await previewTransfer({ ctx: room.as(role), input });
  if (!draft) throw new Error(`no draft: ${problems.map(({ key }) => key)}`);
  return draft.operationId;
}

const confirm = (operationId: string, role: Role = "operator") =>
  confirmOperation({ ctx: room.as(role), kind: transferKind, input: { operationId } });

const detail = (operationId: string) => getOperation({ ctx: room.as("support"), input: { operationId }, kinds });

/** Calls that moved from a card, as the upstream knows. */
const moves = (from: CardRow) =>
  room.sandbox.store.journal.filter(
    ({ kind, actor, params }) =>
      kind === "transfer" && actor === "caller" && JSON.stringify(params).includes(`"code":"${from.code}"`),
  ).length;

test("what was transferred goes back through one call of its own; both know of each other, and the audit of both", async () => {
  const { id, from, to } = await transferred();
  expect(await detail(id)).toMatchObject({ reversible: true, reversedBy: null, reverses: null });
  const back = await preview(to, from, { reverses: id });
  expect((await confirm(back)).state).toBe("done");
  expect([from.api_limit, to.api_limit]).toEqual([100, 50]);
  expect(moves(to)).toBe(1);
  expect(await detail(id)).toMatchObject({ reversible: false, reversedBy: back });
  expect(await detail(back)).toMatchObject({ reverses: id, reversible: true });
  const isConfirmation = and(eq(audit.targetId, back), eq(audit.action, "operation.confirmed"));
  const [entry] = await database().db.select().from(audit).where(isConfirmation);
  expect(entry?.detail).toMatchObject({ reverses: id });
});

test("of two who ask for it at once, one gives it back; the other can't, whatever the cards look like then", async () => {
  const { id, from, to } = await transferred();
  const [mine, theirs] = [
    await preview(to, from, { reverses: id }),
    await preview(to, from, { reverses: id, role: "admin" }),
  ];
  const both = await Promise.allSettled([confirm(mine), confirm(theirs, "admin")]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  // Its owner used as much as came back: the cards are as they were previewed, and nothing else keeps the second from it.
  room.sandbox.activity.consume(from, 10);
  to.api_limit = 60;
  const [late, role] = both[0].status === "fulfilled" ? ([theirs, "admin"] as const) : ([mine, "operator"] as const);
  await expect(confirm(late, role)).rejects.toMatchObject({ code: "conflict", key: "already_reversed" });
  expect(moves(to)).toBe(1);
  expect(await desk.state(late)).toBe("draft");
  await expect(preview(to, from, { reverses: id })).rejects.toMatchObject({
    key: "already_reversed",
    params: { operationId: late === mine ? theirs : mine },
  });
});

test("while it is not known whether it was given back, it is not given back again", async () => {
  const { id, from, to } = await transferred();
  const [first, second] = [await preview(to, from, { reverses: id }), await preview(to, from, { reverses: id })];
  await room.sandbox.addFaults([{ fault: "reset", match: { kind: "transfer" }, effect: "never" }]);
  expect((await confirm(first)).state).toBe("unknown");
  await room.clear();
  await expect(confirm(second)).rejects.toMatchObject({ code: "busy" });
  expect(await detail(id)).toMatchObject({ reversible: false, reversedBy: first });

  await desk.look(first, QUIET_S);
  expect(await desk.state(first)).toBe("not_applied");
  expect(await detail(id)).toMatchObject({ reversible: true, reversedBy: null });
  expect((await confirm(second)).state).toBe("done");
  expect([from.api_limit, to.api_limit]).toEqual([100, 50]);
});

test("found out to have happened, an unanswered reversal is the only one", async () => {
  const { id, from, to } = await transferred();
  const [first, second] = [await preview(to, from, { reverses: id }), await preview(to, from, { reverses: id })];
  await room.sandbox.addFaults([{ fault: "reset", match: { kind: "transfer" }, effect: "before" }]);
  expect((await confirm(first)).state).toBe("unknown");
  await room.clear();
  await desk.look(first, 0);
  expect(await desk.state(first)).toBe("applied");
  await expect(confirm(second)).rejects.toMatchObject({ key: "already_reversed" });
  expect(moves(to)).toBe(1);
});

test("a reversal that was refused may be retried, and its retry is the reversal: no other can be done beside it", async () => {
  const { id, from, to } = await transferred();
  const first = await preview(to, from, { reverses: id });
  await room.sandbox.addFaults([{ fault: "failure-listed", match: { kind: "transfer" }, effect: "never" }]);
  expect((await confirm(first)).state).toBe("refused");
  await room.clear();
  const other = await preview(to, from, { reverses: id });
  await expect(preview(to, from, { retryOf: first, amount: 9 })).rejects.toMatchObject({ key: "reversal_differs" });
  const retry = await preview(to, from, { retryOf: first });
  expect((await desk.row(retry)).reverses).toBe(id);
  expect((await confirm(retry)).state).toBe("done");
  await expect(confirm(other)).rejects.toMatchObject({ key: "already_reversed" });
  expect(await detail(id)).toMatchObject({ reversedBy: retry });
});

test("a retry of a reversal is no merge beside it, even where all there is is as much", async () => {
  const [from, to] = [desk.card(100), desk.card(0)];
  const { id, confirm: transfer } = await desk.transfer(from, to, 10);
  expect((await transfer()).state).toBe("done");
  const first = await preview(to, from, { reverses: id });
  await room.sandbox.addFaults([{ fault: "failure-listed", match: { kind: "transfer" }, effect: "never" }]);
  expect((await confirm(first)).state).toBe("refused");
  await room.clear();
  const input = previewTransferSchema.parse({ sourceId: to.id, targetId: from.id, merges: true, retryOf: first });
  await expect(previewTransfer({ ctx: room.as("operator"), input })).rejects.toMatchObject({
    code: "bad_input",
    fields: { merges: "bad_choice" },
  });
});

test("it is the same pair the other way, and the same amount", async () => {
  const { id, from, to } = await transferred();
  const stranger = desk.card(100);
  for (const [source, target] of [
    [from, to],
    [to, stranger],
    [stranger, from],
  ] as const)
    await expect(preview(source, target, { reverses: id })).rejects.toMatchObject({ code: "not_found" });
  for (const amount of [9, 11])
    await expect(preview(to, from, { reverses: id, amount })).rejects.toMatchObject({
      code: "bad_input",
      fields: { amount: "reversal_differs" },
    });
});

test("only what certainly happened is given back: no draft, nothing that failed, nothing that a person settled", async () => {
  const [from, to] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(from, to, 10);
  await expect(preview(to, from, { reverses: draft.id })).rejects.toMatchObject({ key: "not_reversible" });
  await room.sandbox.addFaults([{ fault: "failure-listed", match: { kind: "transfer" }, effect: "never" }]);
  expect((await draft.confirm()).state).toBe("refused");
  await room.clear();
  await expect(preview(to, from, { reverses: draft.id })).rejects.toMatchObject({ key: "not_reversible" });

  const settled = await desk.unknownTransfer(from, to, 10, "before");
  const input = { operationId: settled, as: "applied" as const, reason: "客服确认" };
  room.sandbox.activity.consume(to, 10);
  await desk.look(settled, QUIET_S);
  await settleOperation({ ctx: room.as("admin"), input, kinds });
  await expect(preview(to, from, { reverses: settled })).rejects.toMatchObject({ key: "not_reversible" });
  expect(await detail(settled)).toMatchObject({ reversible: false });

  const destroyed = await desk.destroy(desk.card(0));
  await destroyed.confirm();
  await expect(preview(to, from, { reverses: destroyed.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await detail(destroyed.id)).toMatchObject({ reversible: false });
});

test("nothing goes back to somebody else: a card that changed hands since is no part of the same pair", async () => {
  const { id, from, to } = await transferred();
  Object.assign(from, { user_phone: 13_700_000_001 });
  await expect(preview(to, from, { reverses: id })).rejects.toMatchObject({ key: "reversal_owner_changed" });
});

test("after a restore nothing of before is given back or retried: what gave it back since the backup is not here", async () => {
  const { id, from, to } = await transferred();
  const refused = await desk.transfer(from, to, 5);
  await room.sandbox.addFaults([{ fault: "failure-listed", match: { kind: "transfer" }, effect: "never" }]);
  expect((await refused.confirm()).state).toBe("refused");
  await room.clear();
  const value = { takenAt: new Date().toISOString(), restoredAt: new Date().toISOString() };
  const { db } = database();
  await db.insert(setting).values({ key: "restored", value });
  try {
    const since = { code: "conflict", key: "restored_since" };
    await expect(preview(to, from, { reverses: id })).rejects.toMatchObject(since);
    await expect(preview(from, to, { retryOf: refused.id, amount: 5 })).rejects.toMatchObject(since);
    expect(await detail(id)).toMatchObject({ reversible: false });
    expect(await detail(refused.id)).toMatchObject({ retryable: false });
    // What was done since is given back as ever, and an ordinary transfer stays possible.
    expect((await confirm(await preview(to, from, {}))).state).toBe("done");
    const after = await transferred();
    expect(await detail(after.id)).toMatchObject({ reversible: true });
    expect((await confirm(await preview(after.to, after.from, { reverses: after.id }))).state).toBe("done");
  } finally {
    await db.delete(setting).where(eq(setting.key, "restored"));
  }
});

test("a large reversal needs its reason, as any large transfer does", async () => {
  const [from, to] = [desk.card(20_000), desk.card(0)];
  const input = { sourceId: from.id, targetId: to.id, amount: 15_000, note: "客户要求" };
  const { draft } = await previewTransfer({ ctx: room.as("admin"), input });
  expect(draft).not.toBeNull();
  const back = previewTransferSchema.parse({
    sourceId: to.id,
    targetId: from.id,
    amount: 15_000,
    reverses: draft?.operationId,
  });
  await expect(previewTransfer({ ctx: room.as("admin"), input: back })).rejects.toMatchObject({
    fields: { note: "required" },
  });
});
