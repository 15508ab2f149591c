import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import type { WriteOutcome } from "@/lib/upstream/types";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { confirmOperation } from "../confirm/confirm-operation";
import { transferKind } from "../kinds/transfer/transfer-kind";
import { listOperations } from "../read/list-operations";
import { listOperationsSchema } from "../schemas";

const K1 = `k1:${Buffer.alloc(32, 7).toString("base64")}`;
const K2 = `k2:${Buffer.alloc(32, 8).toString("base64")}`;

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ variables: { APP_KEYS: K1 } });
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  room.setEnv({ APP_KEYS: K1 });
  await room.clear();
});

const stored = async (id: string) => (await database().db.select().from(operation).where(eq(operation.id, id)))[0];
const update = (id: string, changes: object) =>
  database().db.update(operation).set(changes).where(eq(operation.id, id)).execute();

test("a row has the cards' ids and balances, never a phone or a code; the call has them all the same", async () => {
  const [from, to] = [desk.card(9), desk.card(1)];
  const draft = await desk.transfer(from, to, 4);
  const row = await stored(draft.id);
  expect(row?.params).toMatchObject({ source: { id: from.id, balance: 9 }, target: { id: to.id }, amount: 4 });
  const text = `${JSON.stringify(row)} ${row?.sealed?.toString("latin1")}`;
  for (const card of [from, to]) {
    expect(text).not.toContain(card.code);
    expect(text).not.toContain(String(card.user_phone));
  }
  expect((await draft.confirm()).state).toBe("done");
  expect(draft.writes()[0]?.params).toMatchObject({ phone: String(from.user_phone), target_code: to.code });
});

test("an answer that repeats whom it was asked about is kept without them", async () => {
  const [from, to] = [desk.card(9), desk.card(1)];
  const draft = await desk.transfer(from, to, 4);
  const words = `卡 ${from.code} 属于 ${from.user_phone}`;
  const send = async (): Promise<WriteOutcome<null>> => ({
    kind: "unknown",
    fault: "unlisted_failure",
    message: words,
    trace: {
      upstream: "espai",
      path: "/cdkey/transfer",
      phase: "body",
      status: 200,
      startedAt: new Date(),
      endedAt: new Date(),
      ms: 1,
      body: words,
      clockOffsetMs: null,
      fault: "unlisted_failure",
    },
  });
  await confirmOperation({
    ctx: room.as("operator"),
    kind: { ...transferKind, send },
    input: { operationId: draft.id },
  });
  const row = await stored(draft.id);
  expect(row?.upstreamMessage).toContain("属于");
  expect(row?.call?.body).toContain("属于");
  expect(JSON.stringify(row)).not.toContain(from.code);
  expect(JSON.stringify(row)).not.toContain(String(from.user_phone));
});

test("the app key is gone: the list stays, the row says it can't be opened, and nothing is sent", async () => {
  const sent = await desk.transfer(desk.card(9), desk.card(1), 4);
  await sent.confirm();
  const waiting = await desk.transfer(desk.card(9), desk.card(1), 4);
  room.setEnv({ APP_KEYS: K2 });
  const list = await listOperations({ ctx: room.as("support"), input: listOperationsSchema.parse({}), kinds });
  expect(list.rows.find(({ id }) => id === sent.id)?.source).toMatchObject({
    unreadable: true,
    maskedCode: "",
    maskedPhone: null,
    balance: 9,
  });
  await expect(waiting.confirm()).rejects.toMatchObject({ code: "unavailable", key: "cards_unreadable" });
  expect(waiting.writes()).toEqual([]);
  expect(await desk.state(waiting.id)).toBe("draft");
  room.setEnv({ APP_KEYS: `${K2},${K1}` });
  expect((await waiting.confirm()).state).toBe("done");
});

test("the app key is gone: an unknown outcome is found out all the same, by the cards' ids", async () => {
  const id = await desk.unknownTransfer(desk.card(50), desk.card(0), 20, "before");
  room.setEnv({ APP_KEYS: K2 });
  expect(await desk.look(id, 1)).toBe(true);
  expect(await desk.state(id)).toBe("applied");
});

test("a cipher of another row does not open there", async () => {
  const [one, two] = [
    await desk.transfer(desk.card(9), desk.card(1), 4),
    await desk.transfer(desk.card(9), desk.card(1), 4),
  ];
  await update(two.id, { sealed: (await stored(one.id))?.sealed });
  await expect(two.confirm()).rejects.toMatchObject({ key: "cards_unreadable" });
});

test("without app keys no preview is stored", async () => {
  const [from, to] = [desk.card(9), desk.card(1)];
  room.setEnv({ APP_KEYS: "" });
  await expect(desk.transfer(from, to, 4)).rejects.toMatchObject({ code: "not_configured" });
});

test("the database lets parameters change in one way only: phones and codes leave when their cipher comes", async () => {
  const draft = await desk.transfer(desk.card(9), desk.card(1), 4);
  const { sealed, params } = (await stored(draft.id)) ?? {};
  await expect(update(draft.id, { sealed: null })).rejects.toThrow();
  await expect(update(draft.id, { params: { ...params, amount: 5 } })).rejects.toThrow();
  const old = await desk.destroy(desk.card(0));
  // As a row of before sealing is.
  const client = database();
  const insert = async (given: object) => {
    const id = crypto.randomUUID();
    await client.db.execute(sql`insert into operation (id, kind, state, params, actor_name, created_at, expires_at)
      values (${id}, 'destroy', 'draft', ${JSON.stringify(given)}::jsonb, 'x', now(), now())`);
    return id;
  };
  const card = { id: "a", code: "AAAA1111", phone: "13900000001", userName: null, type: "1", balance: 0 };
  const { code: _code, phone: _phone, ...bare } = card;
  const id = await insert({ kind: "destroy", card });
  await expect(update(id, { params: { kind: "destroy", card: bare } })).rejects.toThrow();
  await expect(update(id, { sealed, params: { kind: "destroy", card: { ...bare, id: "b" } } })).rejects.toThrow();
  await update(id, { sealed, params: { kind: "destroy", card: bare } });
  expect(await desk.state(old.id)).toBe("draft");
});
