import { and, eq, ne } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/lib/db/client";
import { card, cardDailyUse, cardEvent } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { reconcileNow, settleOperation } from "@/lib/operations";
import { espai } from "@/lib/upstream";
import type { CardRow } from "@/sandbox/store/card-row";
import { MONOTONIC_AHEAD_MS, type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readCardsLive } from "../mirror/read-cards-live";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});

const read = (...cards: CardRow[]) =>
  readCardsLive(
    room.as("operator"),
    cards.map(({ id }) => id),
  );

/** Events as [kind, before, after, whose]. */
async function events({ id }: CardRow, operationId: string) {
  const rows = await database().db.select().from(cardEvent).where(eq(cardEvent.cardId, id)).orderBy(cardEvent.id);
  return rows.map((row) => [
    row.kind,
    row.before,
    row.after,
    row.operationId === operationId ? "ours" : (row.operationId ?? "upstream"),
  ]);
}

async function used({ id }: CardRow) {
  const rows = await database().db.select().from(cardDailyUse).where(eq(cardDailyUse.cardId, id));
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}

const balanceOf = async ({ id }: CardRow) =>
  (await database().db.select().from(card).where(eq(card.id, id)))[0]?.balance;

test("a transfer is ours on both cards and no use; what its owner uses then is theirs", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 10);
  expect((await draft.confirm()).state).toBe("done");
  await expect.poll(() => balanceOf(source)).toBe(90);
  room.sandbox.activity.consume(source, 4);
  await read(source, target);
  expect(await events(source, draft.id)).toEqual([
    ["balance", "100", "90", "ours"],
    ["balance", "90", "86", "upstream"],
  ]);
  expect(await events(target, draft.id)).toEqual([["balance", "50", "60", "ours"]]);
  expect([await used(source), await used(target)]).toEqual([4, 0]);
});

test("a reading that shows the transfer before its answer is recorded does not make it use", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 10);
  const client = espai();
  const { transfer } = client;
  vi.spyOn(client, "transfer").mockImplementationOnce(async (input) => {
    const outcome = await transfer(input);
    room.sandbox.activity.consume(source, 3);
    room.sandbox.activity.consume(target, 2);
    await read(source, target);
    expect([await used(source), await used(target)]).toEqual([13, 0]);
    return outcome;
  });
  expect((await draft.confirm()).state).toBe("done");
  expect([await balanceOf(source), await balanceOf(target)]).toEqual([87, 58]);
  expect(await events(source, draft.id)).toEqual([
    ["balance", "100", "90", "ours"],
    ["balance", "90", "87", "upstream"],
  ]);
  expect(await events(target, draft.id)).toEqual([
    ["balance", "50", "60", "ours"],
    ["balance", "60", "58", "upstream"],
  ]);
  expect([await used(source), await used(target)]).toEqual([3, 2]);
});

test("a card that was used between the baseline and the call keeps that use", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 10);
  const client = espai();
  const { transfer } = client;
  vi.spyOn(client, "transfer").mockImplementationOnce(async (input) => {
    room.sandbox.activity.consume(source, 3);
    await read(source);
    return transfer(input);
  });
  expect((await draft.confirm()).state).toBe("done");
  await read(source, target);
  expect(await events(source, draft.id)).toEqual([
    ["balance", "100", "97", "upstream"],
    ["balance", "97", "87", "ours"],
  ]);
  expect(await used(source)).toBe(3);
});

test("a transfer found out later takes its step out of what readings took for use", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "before");
  room.sandbox.activity.consume(source, 3);
  await read(source, target);
  expect(await events(source, id)).toEqual([["balance", "100", "87", "upstream"]]);
  expect(await used(source)).toBe(13);
  const found = await reconcileNow({ ctx: room.as("admin"), input: { operationId: id }, kinds });
  expect(found.state).toBe("applied");
  expect(await events(source, id)).toEqual([
    ["balance", "100", "90", "ours"],
    ["balance", "90", "87", "upstream"],
  ]);
  expect(await events(target, id)).toEqual([["balance", "50", "60", "ours"]]);
  expect([await used(source), await used(target)]).toEqual([3, 0]);
});

test.each([
  ["applied", "ours", 0],
  ["not_applied", "upstream", 10],
] as const)("settled as %s: the fall is %s", async (as, whose, calls) => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const id = await desk.unknownTransfer(source, target, 10, "never");
  room.sandbox.activity.consume(source, 10);
  await desk.look(id, 600);
  const { endedAt } = await desk.row(id);
  const at = new Date((endedAt?.getTime() ?? 0) + 605_000);
  room.elapse(at.getTime() - Date.now() + MONOTONIC_AHEAD_MS);
  const ctx = room.as("admin", () => at);
  await settleOperation({ ctx, input: { operationId: id, as, reason: "checked" }, kinds });
  expect(await events(source, id)).toEqual([["balance", "100", "90", whose]]);
  expect(await events(target, id)).toEqual([]);
  expect(await used(source)).toBe(calls);
});

test("a destroyed card is gone by our hand, once, even if syncs saw it gone first", async () => {
  const [first, second] = [desk.card(0), desk.card(0)];
  const draft = await desk.destroy(first);
  expect((await draft.confirm()).state).toBe("done");
  expect(await events(first, draft.id)).toEqual([["gone", null, null, "ours"]]);

  const seen = await desk.destroy(second);
  const client = espai();
  const { destroyCard } = client;
  vi.spyOn(client, "destroyCard").mockImplementationOnce(async (id) => {
    const outcome = await destroyCard(id);
    const { db } = database();
    await db.update(card).set({ goneAt: new Date() }).where(eq(card.id, id));
    await db.insert(cardEvent).values({ cardId: id, at: new Date(), kind: "gone" });
    return outcome;
  });
  expect((await seen.confirm()).state).toBe("done");
  expect(await events(second, seen.id)).toEqual([["gone", null, null, "ours"]]);
});

test("every event of an operation is of its own cards", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 1);
  await draft.confirm();
  const others = and(eq(cardEvent.operationId, draft.id), ne(cardEvent.cardId, source.id));
  const rows = await database().db.select({ cardId: cardEvent.cardId }).from(cardEvent).where(others);
  expect(rows).toEqual([{ cardId: target.id }]);
});
