import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { syncCards } from "@/lib/cards";
import { env } from "@/lib/core/env";
import { database } from "@/lib/db/client";
import { card, operation } from "@/lib/db/schema";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { findCustomer } from "./find-customer";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 0, keys: 0 } });
  desk = operationDesk(room);
});
afterAll(() => room.close());

const USER = "87215a4192654cea8781a1a596d23cae";
const OTHER = "11115a4192654cea8781a1a596d23cae";
const PHONE = 15_916_888_888;
const mirror = () => syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
const find = (input: { userId: string } | { cardId: string }) => findCustomer({ ctx: room.as("support"), input });
const owned = (balance: number, change: Partial<CardRow> = {}) =>
  desk.card(balance, { user_id: USER, user_phone: PHONE, user_name: "琳琅", ...change });

test("a user id brings all their cards with totals; cards of the same phone under another id stand apart and count nothing", async () => {
  const paid = owned(300);
  const trial = owned(50, { type: "0" });
  const empty = owned(0, { user_phone: 13_700_000_001 });
  const another = owned(77, { user_id: OTHER, user_name: "别人" });
  const stranger = desk.card(5);
  await mirror();
  const found = await find({ userId: USER });
  expect(found.cards.map(({ id }) => id).toSorted()).toEqual([paid.id, trial.id, empty.id].toSorted());
  expect(found.others.map(({ id }) => id)).toEqual([another.id]);
  expect(found.totals).toEqual({ cards: 3, gone: 0, calls: 350, unlimited: 0, unread: 0, trial: 1 });
  expect(found).toMatchObject({ userId: USER, userName: "琳琅" });
  for (const secret of [String(PHONE), "13700000001", paid.code, another.code, stranger.code])
    expect(JSON.stringify(found)).not.toContain(secret);
});

test("any of their cards brings the same customer", async () => {
  const byUser = await find({ userId: USER });
  for (const { id } of byUser.cards) expect(await find({ cardId: id })).toEqual(byUser);
});

test("gone cards are shown last and count apart; unlimited and unread balances are no numbers", async () => {
  const [first, second, third] = (await find({ userId: USER })).cards;
  const { db } = database();
  const set = (id: string | undefined, values: Partial<typeof card.$inferInsert>) =>
    db
      .update(card)
      .set(values)
      .where(eq(card.id, id ?? ""));
  await set(first?.id, { goneAt: new Date() });
  await set(second?.id, { unlimited: true, balance: null });
  await set(third?.id, { unlimited: false, balance: null });
  const found = await find({ userId: USER });
  expect(found.cards.at(-1)).toMatchObject({ id: first?.id, gone: true });
  expect(found.totals).toMatchObject({ cards: 2, gone: 1, calls: 0, unlimited: 1, unread: 1 });
});

test("a card without a user id belongs to whoever has its phone; an unredeemed one to nobody", async () => {
  const phone = 15_900_001_111;
  const one = desk.card(10, { user_id: null, user_phone: phone });
  const two = desk.card(20, { user_id: null, user_phone: phone });
  const named = desk.card(30, { user_phone: phone });
  const unredeemed = desk.card(40, { user_id: null, user_phone: null, user_name: null });
  const unredeemedToo = desk.card(50, { user_id: null, user_phone: null, user_name: null });
  await mirror();
  const found = await find({ cardId: one.id });
  expect(found.userId).toBeNull();
  expect(found.cards.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
  expect(found.others.map(({ id }) => id)).toEqual([named.id]);
  const alone = await find({ cardId: unredeemed.id });
  expect(alone.cards.map(({ id }) => id)).toEqual([unredeemed.id]);
  expect(JSON.stringify(alone)).not.toContain(unredeemedToo.id);
});

test("what has a card locked is told with the time its outcome is known at the latest; past it no time is promised", async () => {
  const [from, to] = [desk.card(500), desk.card(0)];
  await mirror();
  const id = await desk.unknownTransfer(from, to, 100, "never");
  const { endedAt } = await desk.row(id);
  const ended = endedAt?.getTime() ?? 0;
  const lockAfter = async (ms: number) => {
    room.elapse(ms);
    const ctx = room.as("support", () => new Date(ended + ms));
    return (await findCustomer({ ctx, input: { cardId: from.id } })).cards[0]?.lock;
  };
  const quietMs = 300_000;
  room.setEnv({ QUIET_PERIOD_SECONDS: String(quietMs / 1_000) });
  expect(await lockAfter(1_000)).toMatchObject({
    ...{ operationId: id, kind: "transfer", state: "unknown", actorName: "operator" },
    until: new Date(ended + quietMs).toISOString(),
  });
  expect(await lockAfter(quietMs)).toMatchObject({ operationId: id, until: null });
});

test("after a restart no time is promised before which this process can't say that nothing happened", async () => {
  const [from, to] = [desk.card(500), desk.card(0)];
  await mirror();
  const id = await desk.unknownTransfer(from, to, 100, "never");
  const ended = (await desk.row(id)).endedAt?.getTime() ?? 0;
  const quietMs = env().QUIET_PERIOD_SECONDS * 1_000;
  const now = new Date(ended + quietMs - 10_000);
  room.beginClocks();
  const { cards } = await findCustomer({ ctx: room.as("support", () => now), input: { cardId: from.id } });
  expect(cards[0]?.lock?.until).toBe(new Date(now.getTime() + quietMs).toISOString());
});

test("a transfer shows on both cards from their own side, with its ticket among the causes and nothing of the other card", async () => {
  const [from, to] = [desk.card(500), desk.card(10)];
  await mirror();
  const draft = await desk.transfer(from, to, 260);
  await database().db.update(operation).set({ reference: "881" }).where(eq(operation.id, draft.id));
  await draft.confirm();
  const source = await find({ cardId: from.id });
  expect(source.cards[0]?.lastTransfer).toMatchObject({ operationId: draft.id, side: "source", amount: 260 });
  expect(source.changes).toMatchObject([
    {
      cardId: from.id,
      delta: -260,
      parts: [{ cause: "moved_out", calls: 260, actorName: "operator", reference: "881" }],
    },
  ]);
  expect(JSON.stringify(source)).not.toContain(to.id);
  const target = await find({ cardId: to.id });
  expect(target.cards[0]?.lastTransfer).toMatchObject({ side: "target", amount: 260 });
  expect(target.changes).toMatchObject([{ delta: 260, parts: [{ cause: "moved_in", calls: 260 }] }]);
});

test("an outcome that is not known is no transfer to tell of", async () => {
  const [from, to] = [desk.card(500), desk.card(0)];
  await mirror();
  await desk.unknownTransfer(from, to, 100, "before");
  expect((await find({ cardId: from.id })).cards[0]?.lastTransfer).toBeNull();
});

test("of many cards the one that changed last is told first, however long they have it", async () => {
  const userId = "33335a4192654cea8781a1a596d23cae";
  const oldest = desk.card(500, { user_id: userId, create_time: 1 });
  for (let i = 2; i <= 25; i++) desk.card(10, { user_id: userId, create_time: i });
  await mirror();
  oldest.api_limit = 380;
  await mirror();
  const { changes } = await find({ userId });
  expect(changes).toMatchObject([{ cardId: oldest.id, delta: -120, parts: [{ cause: "used", calls: 120 }] }]);
});

test("ids no card has are not found", async () => {
  for (const input of [{ userId: "x" }, { cardId: "x" }])
    await expect(find(input)).rejects.toMatchObject({ code: "not_found" });
});
