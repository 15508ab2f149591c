import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { operation, session } from "@/lib/db/schema";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { destroyKind } from "../kinds/destroy/destroy-kind";
import { previewDestroy } from "../kinds/destroy/preview-destroy";
import { previewTransfer } from "../kinds/transfer/preview-transfer";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { confirmMany } from "./confirm-many";
import { confirmOperation } from "./confirm-operation";
import { demandsProof } from "./demands-proof";
import { describeDrafts } from "./describe-drafts";

let room: TestRoom;
let desk: OperationDesk;
let operator: Ctx;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
  const ctx = room.as("operator");
  const sessionId = randomUUID();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await database()
    .db.insert(session)
    .values({ id: sessionId, userId: ctx.actor.id ?? "", expiresAt });
  operator = { ...ctx, actor: { ...ctx.actor, sessionId } };
});
afterAll(() => room.close());

const prove = (provedAt: Date | null) =>
  database()
    .db.update(session)
    .set({ provedAt })
    .where(eq(session.id, operator.actor.sessionId ?? ""));
const LONG_AGO = new Date(Date.now() - 3_600_000);
beforeEach(() => prove(new Date()));

const writes = () => room.sandbox.store.journal.filter((row) => row.actor === "caller").length;
const stateOf = async (id: string) =>
  (await database().db.select().from(operation).where(eq(operation.id, id)))[0]?.state;
const stale = { code: "proof_required", params: { by: "password" } };
const phrase = (count: number) => `销毁 ${count} 张`;

async function transferOf(amount: number, note = "换卡") {
  const [source, target] = [desk.card(20_000), desk.card(0)];
  const input = { sourceId: source.id, targetId: target.id, amount, note };
  const { draft } = await previewTransfer({ ctx: operator, input });
  const operationId = draft?.operationId ?? "";
  const confirm = (typed?: string) =>
    confirmOperation({ ctx: operator, kind: transferKind, input: { operationId, ...(typed && { typed }) } });
  const demands = () => demandsProof({ ctx: operator, kind: transferKind, input: { operationIds: [operationId] } });
  return { operationId, confirm, demands };
}

describe("a transfer above the threshold", () => {
  test("is refused on a stale proof before anything is done, and goes through once after a fresh one", async () => {
    await prove(LONG_AGO);
    const { operationId, confirm, demands } = await transferOf(1_001);
    expect(await demands()).toBe(true);
    const before = writes();
    await expect(confirm()).rejects.toMatchObject(stale);
    expect(await stateOf(operationId)).toBe("draft");
    expect(writes()).toBe(before);
    await prove(new Date());
    expect((await confirm()).state).toBe("done");
    expect(writes()).toBe(before + 1);
    // What became of it may be looked at without one.
    await prove(LONG_AGO);
    expect(await demands()).toBe(false);
    expect((await confirm()).state).toBe("done");
    expect(writes()).toBe(before + 1);
  });

  test("at the threshold needs none", async () => {
    await prove(null);
    const { confirm, demands } = await transferOf(1_000);
    expect(await demands()).toBe(false);
    expect((await confirm()).state).toBe("done");
  });
});

describe("a typed phrase", () => {
  test.each([undefined, "", "5001", "50000"])(
    "of a transfer is compared by the server: %o is not it",
    async (typed) => {
      const { operationId, confirm } = await transferOf(5_000);
      const before = writes();
      await expect(confirm(typed)).rejects.toMatchObject({
        code: "bad_input",
        key: "phrase_required",
        params: { phrase: "5000" },
        fields: { typed: typed ? "phrase_differs" : "required" },
      });
      expect(await stateOf(operationId)).toBe("draft");
      expect(writes()).toBe(before);
    },
  );

  test("of a transfer may be typed with separators", async () => {
    expect((await (await transferOf(5_000)).confirm("5,000")).state).toBe("done");
  });

  test("of many cards is compared before the first of them is destroyed", async () => {
    const cardIds = Array.from({ length: 5 }, () => desk.card(0).id);
    const { rows, typeToConfirm } = await previewDestroy({ ctx: operator, input: { cardIds, note: "清理" } });
    expect(typeToConfirm).toBe(true);
    const operationIds = rows.flatMap(({ draft }) => (draft ? [draft.operationId] : []));
    const confirm = (ids: string[], typed: string) =>
      confirmMany({ ctx: operator, kind: destroyKind, phrase, input: { operationIds: ids, typed } });
    const before = writes();
    // Part of them is still a part of five.
    for (const ids of [operationIds, operationIds.slice(0, 1)])
      await expect(confirm(ids, "销毁 4 张")).rejects.toMatchObject({ fields: { typed: "phrase_differs" } });
    await prove(LONG_AGO);
    await expect(confirm(operationIds, "销毁 5 张")).rejects.toMatchObject(stale);
    expect(writes()).toBe(before);
    await prove(new Date());
    const done = await confirm(operationIds, "销毁5张");
    expect(done.map((row) => row.ok && row.operation.state)).toEqual(Array(5).fill("done"));
  });

  test("is needed for five cards that were previewed one by one, too", async () => {
    const operationIds: string[] = [];
    for (let i = 0; i < 5; i++) operationIds.push((await desk.destroy(desk.card(0))).id);
    const input = { operationIds };
    await describeDrafts({ ctx: operator, input: { operationIds, note: "清理" } });
    await expect(confirmMany({ ctx: operator, kind: destroyKind, phrase, input })).rejects.toMatchObject({
      key: "phrase_required",
    });
    const done = await confirmMany({
      ctx: operator,
      kind: destroyKind,
      phrase,
      input: { ...input, typed: "销毁 5 张" },
    });
    // Each alone, they need none.
    expect(done.every((row) => row.ok)).toBe(true);
  });
});

describe("a note", () => {
  const missing = { code: "bad_input", key: "note_required", fields: { note: "required" } };

  test("of a large transfer is asked for by the preview, before anything is read or stored", async () => {
    const drafts = () => database().db.$count(operation);
    const before = [await drafts(), room.sandbox.store.journal.length];
    await expect(transferOf(5_000, "")).rejects.toMatchObject(missing);
    expect([await drafts(), room.sandbox.store.journal.length]).toEqual(before);
    expect((await (await transferOf(4_999, "")).confirm()).state).toBe("done");
  });

  test("that is taken away again after the preview is missing at the confirmation", async () => {
    const { operationId, confirm } = await transferOf(5_000);
    await describeDrafts({ ctx: operator, input: { operationIds: [operationId], note: null } });
    const before = writes();
    await expect(confirm("5000")).rejects.toMatchObject(missing);
    expect(await stateOf(operationId)).toBe("draft");
    expect(writes()).toBe(before);
  });

  test("that is taken away while it is being confirmed keeps it a draft", async () => {
    const { operationId } = await transferOf(5_000);
    const before = writes();
    const withdraw = () => describeDrafts({ ctx: operator, input: { operationIds: [operationId], note: null } });
    // After every demand was met, and before the transaction that makes it an intent.
    const { db } = operator;
    const late = new Proxy(db, {
      get: (target, name) => {
        if (name !== "transaction") return Reflect.get(target, name);
        return async (...args: Parameters<typeof db.transaction>) => {
          await withdraw();
          return target.transaction(...args);
        };
      },
    });
    const input = { operationId, typed: "5000" };
    await expect(confirmOperation({ ctx: { ...operator, db: late }, kind: transferKind, input })).rejects.toMatchObject(
      missing,
    );
    expect(await stateOf(operationId)).toBe("draft");
    expect(writes()).toBe(before);
  });

  test("of many cards is asked for before the first of them is destroyed, and is on each of them", async () => {
    const cardIds = Array.from({ length: 5 }, () => desk.card(0).id);
    const preview = await previewDestroy({ ctx: operator, input: { cardIds } });
    expect(preview.noteRequired).toBe(true);
    const operationIds = preview.rows.flatMap(({ draft }) => (draft ? [draft.operationId] : []));
    const confirm = (ids: string[]) =>
      confirmMany({ ctx: operator, kind: destroyKind, phrase, input: { operationIds: ids, typed: "销毁 5 张" } });
    const before = writes();
    // Part of them is still a part of five.
    for (const ids of [operationIds, operationIds.slice(0, 1)])
      await expect(confirm(ids)).rejects.toMatchObject(missing);
    expect(writes()).toBe(before);
    await describeDrafts({ ctx: operator, input: { operationIds, note: "清理" } });
    const done = await confirm(operationIds);
    expect(done.map((row) => row.ok && row.operation.note)).toEqual(Array(5).fill("清理"));
  });

  test("is not needed for four cards", async () => {
    const cardIds = Array.from({ length: 4 }, () => desk.card(0).id);
    expect((await previewDestroy({ ctx: operator, input: { cardIds } })).noteRequired).toBe(false);
  });
});
