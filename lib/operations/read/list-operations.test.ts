import { afterAll, beforeAll, expect, test } from "vitest";
import { listCards } from "@/lib/cards";
import { countedSearch, setting } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { settingDefaults } from "@/lib/settings/schemas";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { describeDrafts } from "../confirm/describe-drafts";
import { listOperationsSchema } from "../schemas";
import { listOperations } from "./list-operations";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());

async function destroyed(words: { note?: string; reference?: string }): Promise<string> {
  const draft = await desk.destroy(desk.card(0));
  await describeDrafts({ ctx: room.as("operator"), input: { operationIds: [draft.id], ...words } });
  await draft.confirm();
  return draft.id;
}

async function found(text: string): Promise<string[]> {
  const input = listOperationsSchema.parse({ text });
  const { rows, total } = await listOperations({ ctx: room.as("support"), input, kinds });
  expect(total).toBe(rows.length);
  return rows.map(({ id }) => id).toSorted();
}

test("an operation is found by a part of its note or of its ticket number, taken literally and in any case", async () => {
  const noted = await destroyed({ note: "客户要求清理 100% 退款" });
  const ticketed = await destroyed({ reference: "OPS-2048" });
  const both = await destroyed({ note: "见 ops-2048", reference: "T-1" });
  const neither = await destroyed({});
  expect(await found("要求清理")).toEqual([noted]);
  expect(await found("ops-2048")).toEqual([ticketed, both].toSorted());
  expect(await found(" T-1 ")).toEqual([both]);
  expect(await found("0% 退")).toEqual([noted]);
  expect(await found("O_S")).toEqual([]);
  expect(await found("")).toEqual([noted, ticketed, both, neither].toSorted());
});

test("an operation is found by a whole phone or code of its cards, a nickname, its id's beginning, never by a part of what is sealed", async () => {
  const [from, to] = [desk.card(9, { user_name: "Мила 100%" }), desk.card(1, { user_name: "望舒" })];
  const { id, confirm } = await desk.transfer(from, to, 4);
  await confirm();
  const phone = String(to.user_phone);
  for (const text of [from.code, to.code, phone, `+86 ${phone}`, String(from.user_phone), "мила 1", "望", from.id])
    expect(await found(text), text).toEqual([id]);
  for (const text of [id, id.slice(0, 8), id.slice(0, 13).toUpperCase()]) expect(await found(text), text).toEqual([id]);
  for (const text of [phone.slice(0, 10), phone.slice(3), to.code.slice(1), to.code.toLowerCase(), id.slice(0, 7)])
    expect(await found(text), text).toEqual([]);
});

test("support that tries whole phones and codes here meets the limit of searches, in one count with the cards'", async () => {
  const ctx = room.as("support");
  const value = { ...settingDefaults.disclosure_limits, supportSearches: 3 };
  await ctx.db.delete(countedSearch);
  await ctx.db.insert(setting).values({ key: "disclosure_limits", value });
  const look = (text: string, role: "support" | "operator" = "support") =>
    listOperations({ ctx: room.as(role), input: listOperationsSchema.parse({ text }), kinds });
  const listed = { filter: { phone: "15900001000" }, sort: { id: "created" as const, desc: true }, page: 1, size: 20 };
  await listCards({ ctx, input: listed });
  for (const text of ["159 0000 1000", "15900001001", "Qx7RmT2k", "15900001001"]) await look(text);
  await expect(look("15900001002")).rejects.toMatchObject({ code: "too_many", key: "limit_searches" });
  await expect(look("Qx7RmT2m")).rejects.toMatchObject({ key: "limit_searches" });
  // A nickname, a ticket number and an id tell nothing that is masked; and an operator sees all.
  for (const text of ["望", "OPS-2048", "", "a".repeat(32)]) await look(text);
  await look("15900001002", "operator");
});

test("a list says how long a call took, and nothing of what the upstream answered", async () => {
  const id = await destroyed({});
  const { rows } = await listOperations({
    ctx: room.as("support"),
    input: listOperationsSchema.parse({ text: id }),
    kinds,
  });
  expect(rows).toHaveLength(1);
  expect(rows[0]?.ms).toBeGreaterThanOrEqual(0);
  expect(Object.keys(rows[0] ?? {})).not.toContain("call");
});
