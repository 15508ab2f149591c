import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { destroyKind } from "../kinds/destroy/destroy-kind";
import { previewDestroy } from "../kinds/destroy/preview-destroy";
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

const ctx = () => room.as("operator");

/** The first half: all of one card to another. */
async function previewMerge(from: CardRow, to: CardRow): Promise<{ id: string; amount: number }> {
  const input = previewTransferSchema.parse({ sourceId: from.id, targetId: to.id, merges: true });
  const { draft, problems, amount } = await previewTransfer({ ctx: ctx(), input });
  if (!draft) throw new Error(`no draft: ${problems.map(({ key }) => key)}`);
  return { id: draft.operationId, amount };
}

/** The second half. Null: the preview shows why not. */
async function previewEnd({ id }: CardRow, links: { mergeOf?: string; retryOf?: string }): Promise<string | null> {
  const { rows } = await previewDestroy({ ctx: ctx(), input: { cardIds: [id], ...links } });
  return rows[0]?.draft?.operationId ?? null;
}

const transfer = (operationId: string) => confirmOperation({ ctx: ctx(), kind: transferKind, input: { operationId } });
const destroy = (operationId: string | null) =>
  confirmOperation({ ctx: ctx(), kind: destroyKind, input: { operationId: operationId ?? "" } });
const detail = (operationId: string) => getOperation({ ctx: room.as("support"), input: { operationId }, kinds });
const exists = ({ id }: CardRow) => room.sandbox.store.cards.has(id);

async function merged() {
  const [from, to] = [desk.card(70), desk.card(50)];
  const { id } = await previewMerge(from, to);
  expect((await transfer(id)).state).toBe("done");
  return { id, from, to };
}

test("all there is moves, and the empty card is destroyed by a second operation of its own, which a person confirms", async () => {
  const [from, to] = [desk.card(70), desk.card(50)];
  // Used since anybody looked: all is what the preview reads.
  room.sandbox.activity.consume(from, 3);
  const { id, amount } = await previewMerge(from, to);
  expect(amount).toBe(67);
  expect((await transfer(id)).state).toBe("done");
  expect([from.api_limit, to.api_limit]).toEqual([0, 117]);
  expect(exists(from)).toBe(true);
  expect(await detail(id)).toMatchObject({ merges: true, mergeable: true, mergedBy: null });

  const end = await previewEnd(from, { mergeOf: id });
  expect(exists(from)).toBe(true);
  expect((await destroy(end)).state).toBe("done");
  expect(exists(from)).toBe(false);
  expect(await detail(id)).toMatchObject({ mergeable: false, mergedBy: end });
  expect(await detail(end ?? "")).toMatchObject({ mergeOf: id });
});

test.each([
  ["used", -1],
  ["topped up", 5],
])("a card that was %s since its preview is not all moved any more: nothing is sent", async (_, change) => {
  const [from, to] = [desk.card(70), desk.card(50)];
  const { id } = await previewMerge(from, to);
  from.api_limit = 70 + change;
  expect(await transfer(id)).toMatchObject({ state: "not_sent", reason: "changed" });
  expect(to.api_limit).toBe(50);
});

test("while the first half's outcome is unknown there is no second, and none after it turned out not to have happened", async () => {
  const [from, to] = [desk.card(70), desk.card(50)];
  const { id } = await previewMerge(from, to);
  await room.sandbox.addFaults([{ fault: "reset", match: { kind: "transfer" }, effect: "never" }]);
  expect((await transfer(id)).state).toBe("unknown");
  await room.clear();
  expect(await detail(id)).toMatchObject({ mergeable: false });
  expect(await previewEnd(from, { mergeOf: id })).toBeNull();
  await desk.look(id, QUIET_S);
  expect(await desk.state(id)).toBe("not_applied");
  // Its owner used it up: it could be destroyed, but not as the end of this merge.
  from.api_limit = 0;
  await expect(previewEnd(from, { mergeOf: id })).rejects.toMatchObject({ code: "conflict", key: "merge_not_done" });
  expect(await detail(id)).toMatchObject({ mergeable: false });
});

test("found out to have happened, it has its second half; settled by a person, it has none", async () => {
  const [from, to] = [desk.card(70), desk.card(50)];
  const { id } = await previewMerge(from, to);
  await room.sandbox.addFaults([{ fault: "reset", match: { kind: "transfer" }, effect: "before" }]);
  expect((await transfer(id)).state).toBe("unknown");
  await room.clear();
  await desk.look(id, 0);
  expect(await desk.state(id)).toBe("applied");
  expect((await destroy(await previewEnd(from, { mergeOf: id }))).state).toBe("done");

  const other = desk.card(30);
  const second = await previewMerge(other, to);
  await room.sandbox.addFaults([{ fault: "reset", match: { kind: "transfer" }, effect: "before" }]);
  expect((await transfer(second.id)).state).toBe("unknown");
  await room.clear();
  room.sandbox.activity.consume(to, 30);
  await desk.look(second.id, QUIET_S);
  const settled = { operationId: second.id, as: "applied" as const, reason: "客服确认" };
  await settleOperation({ ctx: room.as("admin"), input: settled, kinds });
  await expect(previewEnd(other, { mergeOf: second.id })).rejects.toMatchObject({ key: "merge_not_done" });
});

test("the second half destroys the card that the first emptied, and no other; a plain transfer has no second half", async () => {
  const { id } = await merged();
  const empty = desk.card(0);
  await expect(previewEnd(empty, { mergeOf: id })).rejects.toMatchObject({ code: "not_found" });
  const [from, to] = [desk.card(10), desk.card(50)];
  const plain = await desk.transfer(from, to, 10);
  await plain.confirm();
  await expect(previewEnd(from, { mergeOf: plain.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await detail(plain.id)).toMatchObject({ merges: false, mergeable: false });
});

test("a card that got something after it was emptied is not destroyed", async () => {
  const { id, from } = await merged();
  const early = await previewEnd(from, { mergeOf: id });
  from.api_limit = 5;
  expect(await previewEnd(from, { mergeOf: id })).toBeNull();
  expect(await destroy(early)).toMatchObject({ state: "not_sent", reason: "changed" });
  expect(exists(from)).toBe(true);
});

test("a merge is ended once; an end that was refused may be retried, and its retry is the end", async () => {
  const { id, from } = await merged();
  const first = await previewEnd(from, { mergeOf: id });
  const other = await previewEnd(from, { mergeOf: id });
  await room.sandbox.addFaults([{ fault: "failure-listed", match: { kind: "destroy" }, effect: "never" }]);
  expect((await destroy(first)).state).toBe("refused");
  await room.clear();
  expect(await detail(id)).toMatchObject({ mergeable: true, mergedBy: null });
  const retry = await previewEnd(from, { retryOf: first ?? "" });
  expect((await desk.row(retry ?? "")).mergeOf).toBe(id);
  expect((await destroy(retry)).state).toBe("done");
  await expect(destroy(other)).rejects.toMatchObject({ code: "conflict", key: "already_merged" });
});

test("what is not a number, or nothing, can't be merged; nor is an amount said with it, nor left out without it", async () => {
  const to = desk.card(50);
  for (const [balance, problem] of [
    [0, "nothing_left"],
    ["不限", "unlimited"],
  ] as const)
    await expect(previewMerge(desk.card(0, { api_limit: balance }), to)).rejects.toThrow(problem);
  const ids = { sourceId: to.id, targetId: desk.card(1).id };
  expect(previewTransferSchema.safeParse({ ...ids, amount: 5, merges: true }).success).toBe(false);
  expect(previewTransferSchema.safeParse(ids).success).toBe(false);
  expect(previewTransferSchema.safeParse({ ...ids, merges: true, reverses: crypto.randomUUID() }).success).toBe(false);
});

test("a large merge needs its reason, once the reading says how large it is", async () => {
  const input = previewTransferSchema.parse({
    sourceId: desk.card(20_000).id,
    targetId: desk.card(0).id,
    merges: true,
  });
  await expect(previewTransfer({ ctx: ctx(), input })).rejects.toMatchObject({ fields: { note: "required" } });
});

test("a merge whose calls were given back is no merge any more, also not once the card is empty again", async () => {
  const { id, from, to } = await merged();
  const input = previewTransferSchema.parse({ sourceId: to.id, targetId: from.id, amount: 70, reverses: id });
  const { draft } = await previewTransfer({ ctx: ctx(), input });
  expect((await transfer(draft?.operationId ?? "")).state).toBe("done");
  room.sandbox.activity.consume(from, 70);
  expect(await detail(id)).toMatchObject({ mergeable: false });
  await expect(previewEnd(from, { mergeOf: id })).rejects.toMatchObject({ code: "conflict", key: "already_reversed" });
});

test("nor is a second half confirmed that was previewed before the calls were given back", async () => {
  const [from, to] = [desk.card(70), desk.card(50)];
  const merge = await previewMerge(from, to);
  expect((await confirmOperation({ ctx: ctx(), kind: transferKind, input: { operationId: merge.id } })).state).toBe(
    "done",
  );
  const end = await previewEnd(from, { mergeOf: merge.id });
  const back = { sourceId: to.id, targetId: from.id, amount: 70, reverses: merge.id };
  const { draft } = await previewTransfer({ ctx: ctx(), input: previewTransferSchema.parse(back) });
  const input = { operationId: draft?.operationId ?? "" };
  expect((await confirmOperation({ ctx: ctx(), kind: transferKind, input })).state).toBe("done");
  room.sandbox.activity.consume(from, 70);
  const confirmed = confirmOperation({ ctx: ctx(), kind: destroyKind, input: { operationId: end ?? "" } });
  await expect(confirmed).rejects.toMatchObject({ key: "already_reversed" });
  expect(room.sandbox.store.cards.has(from.id)).toBe(true);
});

test("the audit of its confirmation says that it merges", async () => {
  const { id } = await merged();
  const isConfirmation = and(eq(audit.targetId, id), eq(audit.action, "operation.confirmed"));
  const [entry] = await database().db.select().from(audit).where(isConfirmation);
  expect(entry?.detail).toMatchObject({ merges: true });
});
