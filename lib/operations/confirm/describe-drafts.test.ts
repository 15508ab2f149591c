import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { getOperation } from "../read/get-operation";
import { describeDraftsSchema, previewDestroySchema, previewTransferSchema } from "../schemas";
import { confirmOperation } from "./confirm-operation";
import { describeDrafts } from "./describe-drafts";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());

const words = { note: "客户要求换卡", reference: "T-1024" };
const ids = () => ({ sourceId: desk.card(100).id, targetId: desk.card(50).id, amount: 10 });
const shown = (operationId: string) => getOperation({ ctx: room.as("support"), input: { operationId }, kinds });

async function auditDetail(id: string) {
  const confirmed = and(eq(audit.targetId, id), eq(audit.action, "operation.confirmed"));
  const [row] = await database().db.select({ detail: audit.detail }).from(audit).where(confirmed);
  return row?.detail;
}

test("the words of a preview are on the operation and in its audit", async () => {
  const ctx = room.as("operator");
  const { draft } = await previewTransfer({ ctx, input: { ...ids(), ...words } });
  const operationId = draft?.operationId ?? "";
  await confirmOperation({ ctx, kind: transferKind, input: { operationId } });
  expect(await shown(operationId)).toMatchObject({ state: "done", reason: null, ...words });
  expect(await auditDetail(operationId)).toEqual({ kind: "transfer", ...words });
});

test("drafts get their words before they are confirmed; without words there are none in the audit", async () => {
  const ctx = room.as("operator");
  const [first, second] = [await desk.destroy(desk.card(0)), await desk.destroy(desk.card(0))];
  expect(await describeDrafts({ ctx, input: { operationIds: [first.id, first.id], ...words } })).toEqual({
    described: 1,
  });
  await first.confirm();
  await second.confirm();
  expect(await shown(first.id)).toMatchObject({ state: "done", ...words });
  expect(await shown(second.id)).toMatchObject({ state: "done", note: null, reference: null });
  expect(await auditDetail(second.id)).toEqual({ kind: "destroy" });
});

test("somebody else's draft and a confirmed one keep their words, and then no other changes either", async () => {
  const ctx = room.as("operator");
  const [done, open] = [await desk.destroy(desk.card(0)), await desk.destroy(desk.card(0))];
  await done.confirm();
  const refused = { code: "not_found", key: "no_such_preview" };
  const both = { operationIds: [open.id, done.id], ...words };
  await expect(describeDrafts({ ctx, input: both })).rejects.toMatchObject(refused);
  const others = { operationIds: [open.id], ...words };
  await expect(describeDrafts({ ctx: room.as("admin"), input: others })).rejects.toMatchObject(refused);
  for (const { id } of [done, open]) expect(await shown(id)).toMatchObject({ note: null, reference: null });
});

describe("words", () => {
  const id = "0".repeat(32);
  const transfer = { sourceId: id, targetId: id, amount: 1 };
  const schemas = [
    ["transfer", previewTransferSchema, transfer],
    ["destroy", previewDestroySchema, { cardIds: [id] }],
    ["drafts", describeDraftsSchema, { operationIds: ["00000000-0000-4000-8000-000000000000"] }],
  ] as const;

  test.each(schemas)("%s: are trimmed, may be left out, and are never cut", (_, schema, rest) => {
    expect(schema.parse({ ...rest, note: "  好的 ", reference: " " })).toMatchObject({ note: "好的", reference: null });
    expect(schema.parse(rest)).not.toHaveProperty("note");
    expect(schema.safeParse({ ...rest, note: ` ${"长".repeat(200)} ` }).success).toBe(true);
    for (const long of [{ note: "长".repeat(201) }, { reference: "9".repeat(65) }]) {
      const issues = schema.safeParse({ ...rest, ...long }).error?.issues;
      expect(issues?.map(({ path, message }) => [path, message])).toEqual([[Object.keys(long), "too_long"]]);
    }
  });
});
