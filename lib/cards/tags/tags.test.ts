import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findCustomer } from "@/lib/customers";
import { database } from "@/lib/db/client";
import { audit, card, cardTag } from "@/lib/db/schema";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { getCard } from "../get-card";
import { listCards } from "../list/list-cards";
import { readCardsLive } from "../mirror/read-cards-live";
import { tagSchema } from "../schemas";
import { MAX_TAGS } from "../types";
import { addTag } from "./add-tag";
import { listTags } from "./list-tags";
import { readTags } from "./read-tags";
import { removeTag } from "./remove-tag";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 0, keys: 0 } });
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  await database().db.delete(cardTag);
  room.clear();
});

type Role = "support" | "operator" | "admin";
const add = (cardId: string, tag: string, role: Role = "support") =>
  addTag({ ctx: room.as(role), input: tagSchema.parse({ cardId, tag }) });
const remove = (cardId: string, tag: string, role: Role = "support") =>
  removeTag({ ctx: room.as(role), input: tagSchema.parse({ cardId, tag }) });
const tagsOf = async (id: string) => (await getCard({ ctx: room.as("support"), input: { id } })).tags;
const found = async (filter: object) => {
  const input = { filter, sort: { id: "id", desc: false }, page: 1, size: 50 } as const;
  return (await listCards({ ctx: room.as("support"), input })).rows.map(({ id }) => id);
};

async function mirrored(): Promise<string> {
  const { id } = desk.card(10);
  await readCardsLive(room.as("operator"), [id]);
  return id;
}

test("a tag is on the card's page, its customer's and in the column, in the order they were added, and the audit says who", async () => {
  const [one, other] = [await mirrored(), await mirrored()];
  await add(one, "ＶＩＰ");
  await add(one, "批发", "operator");
  expect(await tagsOf(one)).toEqual(["VIP", "批发"]);
  const customer = await findCustomer({ ctx: room.as("support"), input: { cardId: one } });
  expect(customer.cards.find(({ id }) => id === one)?.tags).toEqual(["VIP", "批发"]);
  expect(await readTags({ ctx: room.as("support"), input: { ids: [one, other] } })).toEqual({ [one]: ["VIP", "批发"] });
  const entries = await database().db.select().from(audit).where(eq(audit.action, "card.tagged")).orderBy(audit.id);
  expect(entries).toMatchObject([
    { actorName: "support", targetKind: "card", targetId: one, detail: { tag: "VIP" } },
    { actorName: "operator", targetId: one, detail: { tag: "批发" } },
  ]);
});

test("cards are filtered by a whole tag in any case and width, together with other filters", async () => {
  const [one, other] = [await mirrored(), await mirrored()];
  await add(one, "VIP");
  await add(other, "VIP 2");
  expect(await found({ tag: "ｖｉｐ" })).toEqual([one]);
  expect(await found({ tag: "VI" })).toEqual([]);
  expect(await found({ tag: "vip", balanceMin: 11 })).toEqual([]);
  await database().db.update(card).set({ goneAt: new Date() }).where(eq(card.id, one));
  expect(await found({ tag: "VIP" })).toEqual([]);
  expect(await found({ tag: "VIP", gone: "show" })).toEqual([one]);
});

test("tags outlive their card: gone from the list, and even from the mirror", async () => {
  const id = await mirrored();
  await add(id, "VIP");
  await database().db.update(card).set({ goneAt: new Date() }).where(eq(card.id, id));
  expect(await tagsOf(id)).toEqual(["VIP"]);
  await add(id, "已销毁");
  expect(await database().db.select().from(cardTag).where(eq(cardTag.cardId, id))).toHaveLength(2);
});

test("a tag is on a card once, whatever its case; taken off it can be put on again", async () => {
  const id = await mirrored();
  await add(id, "VIP");
  await expect(add(id, "vip")).rejects.toMatchObject({ code: "conflict", key: "tag_there" });
  await remove(id, "Vip");
  expect(await tagsOf(id)).toEqual([]);
  await expect(remove(id, "VIP")).rejects.toMatchObject({ code: "conflict", key: "tag_gone" });
  const [entry] = await database().db.select().from(audit).where(eq(audit.action, "card.untagged"));
  expect(entry).toMatchObject({ targetId: id, detail: { tag: "VIP" } });
  await add(id, "vip");
  expect(await tagsOf(id)).toEqual(["vip"]);
});

test("the tags in use are each listed once, in their own order", async () => {
  const [one, other] = [await mirrored(), await mirrored()];
  expect(await listTags({ ctx: room.as("support") })).toEqual([]);
  for (const tag of ["批发", "VIP", "B 2"]) await add(one, tag);
  for (const tag of ["批发", "B 2"]) await add(other, tag);
  expect(await listTags({ ctx: room.as("support") })).toEqual(["B 2", "VIP", "批发"]);
});

test("of two who take it off at once one does", async () => {
  const id = await mirrored();
  await add(id, "VIP");
  const results = await Promise.allSettled([remove(id, "VIP"), remove(id, "VIP", "admin")]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a card has so many tags and no more, also of many at once", async () => {
  const id = await mirrored();
  const many = await Promise.allSettled(Array.from({ length: MAX_TAGS + 2 }, (_, at) => add(id, `标签 ${at}`)));
  expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(MAX_TAGS);
  await expect(add(id, "再来")).rejects.toMatchObject({ code: "too_many", key: "too_many_tags" });
});

test("an id no card has gets none", async () => {
  await expect(add("x", "VIP")).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["", "required"],
  ["字".repeat(21), "too_long"],
  ["159 1688 8888", "tag_private"],
  ["wNaa1GDw", "tag_private"],
  ["87215A4192654CEA8781A1A596D23CAE", "tag_private"],
])("%j is refused at the door: %s", (tag, message) => {
  expect(tagSchema.safeParse({ cardId: "c", tag }).error?.issues[0]?.message).toBe(message);
});

test("the database refuses a phone and a key too, whoever writes it", async () => {
  const row = { cardId: "c", key: "k", addedAt: new Date() };
  for (const tag of ["15916888888", "87215A4192654CEA8781A1A596D23CAE", "", "字".repeat(21)])
    await expect(
      database()
        .db.insert(cardTag)
        .values({ ...row, tag }),
      tag,
    ).rejects.toThrow();
});

test("what a former user still asks for is refused", async () => {
  const id = await mirrored();
  const ctx = {
    ...room.as("support"),
    actor: { ...room.as("support").actor, id: "00000000-0000-4000-8000-00000000dead" },
  };
  await expect(addTag({ ctx, input: { cardId: id, tag: "VIP" } })).rejects.toThrow();
  expect(await tagsOf(id)).toEqual([]);
});
