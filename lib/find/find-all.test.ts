import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillNameTerms } from "@/lib/cards";
import { systemContext } from "@/lib/context";
import { batch, card, operation } from "@/lib/db/schema";
import { type BatchRoom, openBatchRoom } from "@/test/support/batch-fixtures";
import { findAll } from "./find-all";

let room: BatchRoom;
let batchId: string;
let operationId: string;
let key: string;

const USER = "87215a4192654cea8781a1a596d23cae";
const at = new Date("2026-09-21T06:00:00Z");
const idOf = (letter: string) => letter.repeat(32);

beforeAll(async () => {
  room = await openBatchRoom({ sandbox: { cards: 0, keys: 0 } });
  batchId = await room.create(2, 3);
  await room.run(batchId);
  key = (await room.keysOf(batchId))[0] ?? "";
  operationId = (await room.chunksOf(batchId))[0]?.id ?? "";
  await room.db.update(operation).set({ reference: "T-881" }).where(eq(operation.id, operationId));
  const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, userId: USER, phone: "15916888888" };
  await room.db.insert(card).values([
    { ...base, id: idOf("a"), code: "wNaa1GDw", userName: "琳琅" },
    { ...base, id: idOf("b"), code: "Qx7RmT2k", userName: "琳琅" },
    { ...base, id: idOf("e"), code: "0uLpY09f", userName: "望舒", phone: "13812341234", userId: idOf("1") },
    { ...base, id: idOf("f"), code: "Zk3pPq7w", userName: "望舒", phone: "13900005678", userId: null },
  ]);
  await fillNameTerms({ ctx: systemContext(), input: { signal: new AbortController().signal } });
});
afterAll(() => room.close());

const find = (text: string) => findAll({ ctx: room.as("support"), input: { text } });

test("a key in full, however it is written, and by its last 4, leads to its batch and shows no more of it", async () => {
  for (const text of [key, key.toLowerCase(), `卡密：${key}`, (key.match(/.{8}/g) ?? []).join("-")]) {
    const found = await find(text);
    expect(found.keys, text).toMatchObject({ total: 1, rows: [{ batchId, last4: key.slice(-4) }] });
    expect(found.jumpTo).toBe(`/keys/${batchId}`);
    expect(JSON.stringify(found)).not.toContain(key);
  }
  expect((await find(key.slice(-4))).keys.rows[0]).toMatchObject({ batchId });
  expect((await find(`••••${key.slice(-4)}`)).keys.rows[0]).toMatchObject({ batchId });
});

test("a batch is found by its id, the beginning of it and its note", async () => {
  for (const text of [batchId, batchId.replaceAll("-", ""), batchId.slice(0, 8), batchId.slice(0, 13), "测试"])
    expect((await find(text)).batches.rows, text).toMatchObject([{ id: batchId }]);
  expect(await find(batchId)).toMatchObject({ jumpTo: `/keys/${batchId}`, cards: { within: null } });
});

test("an operation is found by its id, the beginning of it and its ticket; a draft by none", async () => {
  for (const text of [operationId, operationId.slice(0, 8), "t-881", "工单号：T-881 怎么样了"])
    expect((await find(text)).operations.rows, text).toMatchObject([{ id: operationId, reference: "T-881" }]);
  const draft = { id: randomUUID(), kind: "generate", state: "draft", reference: "T-882" } as const;
  const params = { kind: "generate", keyType: 1, count: 1 } as const;
  await room.db.insert(operation).values({ ...draft, params, actorName: "li", createdAt: at, expiresAt: at });
  for (const text of [draft.id, "T-882"]) expect((await find(text)).operations.rows, text).toEqual([]);
});

test("a customer is shown by the phone and nickname they have now, as on their page, not by those of a card that is gone", async () => {
  const userId = "2222aaaa4192654cea8781a1a596d23c";
  const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, userId };
  await room.db.insert(card).values([
    { ...base, id: idOf("7"), code: "Rt6yHn2b", userName: "望月", phone: "19900007777", goneAt: at },
    { ...base, id: idOf("8"), code: "Mw4kVc8z", userName: "江雪", phone: "13300007777" },
  ]);
  for (const text of ["19900007777", "13300007777", userId])
    expect((await find(text)).customers, text).toEqual([
      { userId, userName: "江雪", maskedPhone: "133****7777", cards: 2 },
    ]);
});

test("a customer with several cards is found by phone and by user id", async () => {
  for (const text of ["159 1688 8888", USER])
    expect((await find(text)).customers, text).toEqual([
      { userId: USER, userName: "琳琅", maskedPhone: "159****8888", cards: 2 },
    ]);
  expect((await find(USER)).jumpTo).toBe(`/customers/${USER}`);
  expect((await find(USER)).cards.all).toEqual({ filter: { user: USER, gone: "show" }, count: 2 });
});

test("a customer with one card is found too, also by a name beside last 4 digits, and it is the card that was meant", async () => {
  const customer = { userId: idOf("1"), userName: "望舒", maskedPhone: "138****1234", cards: 1 };
  for (const text of ["13812341234", idOf("1"), "望舒 尾号 1234", "1234 望舒"])
    expect(await find(text), text).toMatchObject({ customers: [customer], jumpTo: `/cards/${idOf("e")}` });
  const several = await find("琳琅 8888");
  expect(several).toMatchObject({ customers: [{ userId: USER, cards: 2 }], jumpTo: `/customers/${USER}` });
  // Either alone names nobody, and who has no user id has no page.
  for (const text of ["望舒", "1234", "望舒 尾号 5678", "琳琅 1234"])
    expect((await find(text)).customers, text).toEqual([]);
});

test("with a part of it missing, or others' cards among them, no customer is the one that was meant", async () => {
  expect((await find(`15916888888 ${idOf("c")}`)).jumpTo).toBeNull();
  expect((await find("15916888888 13812341234")).jumpTo).toBeNull();
  expect((await find("15916888888 13900005678")).jumpTo).toBeNull();
});

test("in a longer text what is no card's id but an operation's is not called missing", async () => {
  const { cards } = await find(`${operationId} 15916888888 ${idOf("c")}`);
  expect(cards.within).toEqual({ count: 3, missing: ["cccccccc…"] });
});

test("of many lines as many are counted as were pasted and the sheet shows: unread and duplicate ones, no blank ones", async () => {
  const nine = [
    "15916888888",
    "wNaa1GDw",
    "15916888888",
    "琳琅小店",
    "13812341234",
    "",
    "Qx7RmT2k",
    "abcdefgh",
    " ",
    "1",
    idOf("a"),
  ];
  expect((await find(nine.join("\r\n"))).many).toBe(9);
  expect((await find(`\n${nine.join("\n")}\n\n`)).many).toBe(9);
  // The names of the columns are none of them, and with one thing to look up there is nothing to count.
  expect((await find("手机号\n15916888888\n13812341234")).many).toBe(2);
  expect((await find("你好\n15916888888\n谢谢")).many).toBe(1);
});

test("with a phone and a code that nothing has, the upstream can be asked; not when something was found", async () => {
  expect((await find("电话 19912345678，兑换码 ZzYyXx19")).live).toEqual({ phone: "19912345678", code: "ZzYyXx19" });
  expect((await find("15916888888 ZzYyXx19")).live).toBeNull();
});

test("blank text, noise and what PostgreSQL can't store find nothing and fail nothing", async () => {
  for (const text of ["", " ", "\0", "\ud800", "'", "\\", "''\\'':*", "%", "😀", "!!!", "a".repeat(2_000)])
    expect((await find(text)).jumpTo, text).toBeNull();
});

test.each(["13800001111", "发给 138-0000-1111", "Zz9Yy8Xx", "138****1111"])(
  "no table is offered by a note that has a phone or a code, for its filter stands in the address: %s",
  async (text) => {
    const words = { keyType: 2, wanted: 1, state: "done", createdByName: "li", createdAt: at, updatedAt: at } as const;
    const rows = [1, 2].map((n) => ({ ...words, id: randomUUID(), note: `${text} 第 ${n} 批` }));
    await room.db.insert(batch).values(rows);
    const { batches } = await find(text);
    expect(batches).toMatchObject({ total: 2, byNote: false });
    await room.db.delete(batch).where(eq(batch.note, rows[0]?.note ?? ""));
    await room.db.delete(batch).where(eq(batch.note, rows[1]?.note ?? ""));
  },
);

test("a nickname that is a phone is offered by no filter of the address", async () => {
  const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, userName: "13900002222 阿明" };
  await room.db.insert(card).values([
    { ...base, id: idOf("1"), code: "Aa1Bb2C1", phone: "15900001111" },
    { ...base, id: idOf("2"), code: "Aa1Bb2C2", phone: "15900001112" },
  ]);
  await fillNameTerms({ ctx: systemContext(), input: { signal: new AbortController().signal } });
  const { cards } = await find("13900002222 阿明");
  expect(cards.total).toBe(2);
  expect(cards.all?.filter ?? {}).not.toHaveProperty("name");
  const named = await find("13900002222");
  expect(named.cards.all?.filter ?? {}).not.toHaveProperty("name");
});
