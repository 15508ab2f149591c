import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, defaultView, savedView, user } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readCardsPage } from "../read-cards-page";
import { defaultViewSchema, saveViewSchema } from "../schemas";
import { deleteView } from "./delete-view";
import { listViews } from "./list-views";
import { MAX_VIEWS, saveView } from "./save-view";
import { setDefaultView } from "./set-default-view";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  await room.as("admin").db.delete(savedView);
});

type Role = "support" | "operator" | "admin";
const sort = { id: "balance", desc: false } as const;
const asked = (change: object = {}) => ({
  name: "空卡",
  shared: false,
  filter: { empty: true, types: ["1"] },
  sort,
  ...change,
});
const save = async (role: Role, change: object = {}) =>
  (await saveView({ ctx: room.as(role), input: saveViewSchema.parse(asked(change)) })).id;
const names = async (role: Role) => (await listViews({ ctx: room.as(role) })).map(({ name }) => name);
const choose = (role: Role, viewId: string | null) =>
  setDefaultView({ ctx: room.as(role), input: defaultViewSchema.parse({ viewId }) });
const opensWith = async (role: Role) => (await readCardsPage({ ctx: room.as(role) })).view;

describe("what a view may hold", () => {
  test.each([
    ["a phone filter", { filter: { phone: "13800001111" } }],
    ["the last 4 of a phone", { filter: { phone: "1111" } }],
    ["a code filter", { filter: { code: "wNaa1GDw" } }],
    ["a phone as a nickname", { filter: { name: "138 0000 1111" } }],
    ["a phone as a tag", { filter: { tag: "138-0000-1111" } }],
    ["a code as a tag", { filter: { tag: "wNaa1GDw" } }],
    ["a key as a tag", { filter: { tag: "87215A4192654CEA8781A1A596D23CAE" } }],
    ["a code as a nickname", { filter: { name: "wNaa1GDw" } }],
    ["a masked phone as a nickname", { filter: { name: "138****1111" } }],
    ["a phone in its name", { name: "张三 13800001111" }],
    ["a phone in full-width digits in its name", { name: "１３８００００１１１１" }],
    ["a code in its name", { name: "兑换码 wNaa1GDw" }],
    ["no name", { name: " " }],
    ["a name that is too long", { name: "一".repeat(41) }],
    ["a filter there is not", { filter: { secret: "x" } }],
    ["a sort there is not", { sort: { id: "secret", desc: true } }],
  ])("%s is refused by the schema", (_, change) => {
    expect(saveViewSchema.safeParse(asked(change)).success).toBe(false);
  });

  test("half of a character is replaced: no database keeps it", async () => {
    await save("operator", { filter: { name: "旅\ud83d" } });
    const [view] = await listViews({ ctx: room.as("operator") });
    expect(view?.filter).toEqual({ name: "旅\ufffd" });
  });

  test("the database refuses a phone or a code too, whoever writes it", async () => {
    const id = await save("operator");
    const { db } = room.as("operator");
    for (const filter of [{ phone: "13800001111" }, { code: "wNaa1GDw" }] as Record<string, string>[])
      await expect(db.update(savedView).set({ filter }).where(eq(savedView.id, id))).rejects.toThrow();
  });

  test("filters and order come back as they were saved", async () => {
    await save("operator", { filter: { name: "旅人", balanceMin: 5, redeemed: false, createdFrom: "2026-01-01" } });
    const [view] = await listViews({ ctx: room.as("operator") });
    expect(view).toMatchObject({
      filter: { name: "旅人", balanceMin: 5, redeemed: false, createdFrom: "2026-01-01" },
      sort,
      own: true,
      mayDelete: true,
      isDefault: false,
    });
  });
});

describe("whose a view is", () => {
  test("an own one is seen by its owner alone, a shared one by everybody", async () => {
    await save("support", { name: "我的" });
    await save("operator", { name: "大家的", shared: true });
    expect(await names("support")).toEqual(["我的", "大家的"]);
    expect(await names("operator")).toEqual(["大家的"]);
    expect(await names("admin")).toEqual(["大家的"]);
  });

  test("support makes no shared one, nor does who was an operator when the request began", async () => {
    await expect(save("support", { shared: true })).rejects.toMatchObject({ code: "forbidden" });
    const ctx = room.as("operator");
    await ctx.db.update(user).set({ role: "support" }).where(eq(user.username, "operator"));
    await expect(save("operator", { shared: true })).rejects.toMatchObject({ code: "forbidden" });
    await ctx.db.update(user).set({ role: "operator" }).where(eq(user.username, "operator"));
    expect(await names("admin")).toEqual([]);
  });

  test("its owner deletes it, and an admin a shared one; nobody else", async () => {
    const own = await save("support", { name: "我的" });
    const shared = await save("operator", { name: "大家的", shared: true });
    const remove = (role: Role, viewId: string) => deleteView({ ctx: room.as(role), input: { viewId } });
    await expect(remove("admin", own)).rejects.toMatchObject({ code: "not_found" });
    await expect(remove("support", shared)).rejects.toMatchObject({ code: "forbidden" });
    await remove("admin", shared);
    await remove("support", own);
    await expect(remove("support", own)).rejects.toMatchObject({ code: "not_found" });
    const trail = await room.as("admin").db.select().from(audit).where(eq(audit.targetId, shared)).orderBy(audit.at);
    expect(trail.map(({ action, actorName }) => [action, actorName])).toEqual([
      ["view.saved", "operator"],
      ["view.deleted", "admin"],
    ]);
  });

  test("one user has a name once, in any case, and no more views than are allowed", async () => {
    await save("support", { name: "Empty" });
    await expect(save("support", { name: "empty" })).rejects.toMatchObject({ code: "conflict" });
    await save("operator", { name: "empty" });
    for (let n = 1; n < MAX_VIEWS; n++) await save("support", { name: `视图 ${n}` });
    await expect(save("support", { name: "one more" })).rejects.toMatchObject({ key: "too_many_views" });
  });
});

test("of many saved at once no more are kept than are allowed", async () => {
  for (let n = 2; n < MAX_VIEWS; n++) await save("support", { name: `视图 ${n}` });
  const all = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => save("support", { name: `同时 ${n}` })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await names("support")).toHaveLength(MAX_VIEWS);
});

describe("the view the table opens with", () => {
  test("is one a user, own or shared, and none again", async () => {
    const own = await save("support", { name: "我的" });
    const shared = await save("operator", { name: "大家的", shared: true, filter: { gone: "only" } });
    await choose("support", own);
    await choose("support", shared);
    expect(await opensWith("support")).toEqual({ filter: { gone: "only" }, sort });
    expect((await listViews({ ctx: room.as("support") })).map(({ isDefault }) => isDefault)).toEqual([false, true]);
    expect(await opensWith("operator")).toBeNull();
    await choose("support", null);
    expect(await opensWith("support")).toBeNull();
  });

  test("is none the user can't see, and goes with the view", async () => {
    const own = await save("operator", { name: "我的" });
    await expect(choose("support", own)).rejects.toMatchObject({ code: "not_found" });
    await choose("operator", own);
    await deleteView({ ctx: room.as("operator"), input: { viewId: own } });
    expect(await opensWith("operator")).toBeNull();
    expect(await room.as("operator").db.select().from(defaultView)).toEqual([]);
  });
});
