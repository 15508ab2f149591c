import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { syncCards } from "@/lib/cards";
import type { Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { audit, followUp, user } from "@/lib/db/schema";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { countDue } from "./count-due";
import { finishFollowUp } from "./finish-follow-up";
import { handOverFollowUp } from "./hand-over-follow-up";
import { listFollowUps } from "./list-follow-ups";
import { openFollowUp } from "./open-follow-up";
import { listFollowUpsSchema, openFollowUpSchema } from "./schemas";
import { MAX_OPEN_FOLLOW_UPS } from "./types";

let room: TestRoom;
let desk: OperationDesk;
let card: CardRow;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 0, keys: 0 } });
  desk = operationDesk(room);
  card = desk.card(500);
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
});
afterAll(() => room.close());
beforeEach(() => database().db.delete(followUp));

const TEXT = "回电 13812345678";
const idOf = (role: Role) => room.as(role).actor.id ?? "";
const begin = (input: object = {}, role: Role = "support") =>
  openFollowUp({
    ctx: room.as(role),
    input: openFollowUpSchema.parse({ cardId: card.id, dueInMinutes: 60, text: TEXT, ...input }),
  });
const in2h = () => new Date(Date.now() + 7_200_000);
const dueOf = async (role: Role, now?: Date) => (await countDue({ ctx: room.as(role, now && (() => now)) })).due;
const list = (input: object = {}, role: Role = "support", now?: Date) =>
  listFollowUps({ ctx: room.as(role, now && (() => now)), input: listFollowUpsSchema.parse(input) });
const finish = (followUpId: string, role: Role = "support") =>
  finishFollowUp({ ctx: room.as(role), input: { followUpId } });
const hand = (followUpId: string, to: string, role: Role = "support") =>
  handOverFollowUp({ ctx: room.as(role), input: { followUpId, to } });

test("one with a time counts for its person once that has come, and is no longer due when it is done", async () => {
  const { followUpId } = await begin();
  expect(await dueOf("support")).toBe(0);
  expect(await dueOf("support", in2h())).toBe(1);
  expect(await dueOf("operator", in2h())).toBe(0);
  await finish(followUpId, "operator");
  expect(await dueOf("support", in2h())).toBe(0);
  expect((await list()).total).toBe(0);
  expect((await list({ state: "done" })).rows).toMatchObject([
    { id: followUpId, due: false, finishedByName: "operator" },
  ]);
});

test("one bound to an operation becomes due when its outcome is known, not before, whatever the time", async () => {
  const [from, to] = [desk.card(500), desk.card(0)];
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  const operationId = await desk.unknownTransfer(from, to, 100, "before");
  await begin({ cardId: from.id, operationId, dueInMinutes: null });
  expect(await dueOf("support", in2h())).toBe(0);
  expect((await list()).rows).toMatchObject([
    { due: false, dueAt: null, operation: { id: operationId, state: "unknown" } },
  ]);
  await desk.look(operationId, 1);
  expect(await desk.state(operationId)).toBe("applied");
  expect(await dueOf("support")).toBe(1);
  expect((await list()).rows).toMatchObject([{ due: true, operation: { state: "applied" } }]);
});

test("with both a time and an operation it is due at whichever comes first", async () => {
  const [from, to] = [desk.card(500), desk.card(0)];
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  const operationId = await desk.unknownTransfer(from, to, 100, "never");
  await begin({ cardId: from.id, operationId, dueInMinutes: 60 });
  expect(await dueOf("support")).toBe(0);
  expect(await dueOf("support", in2h())).toBe(1);
});

test("handed over, it counts for the other; what is due stands first", async () => {
  const later = await begin({ dueInMinutes: 240 });
  const { followUpId } = await begin();
  await hand(followUpId, idOf("operator"), "admin");
  expect([await dueOf("support", in2h()), await dueOf("operator", in2h())]).toEqual([0, 1]);
  const { rows, colleagues } = await list({}, "support", in2h());
  expect(rows.map(({ id, due }) => [id, due])).toEqual([
    [followUpId, true],
    [later.followUpId, false],
  ]);
  expect(rows[0]?.assignedTo).toEqual({ id: idOf("operator"), name: "operator" });
  expect(colleagues.map(({ name }) => name)).toEqual(["admin", "operator", "support"]);
  expect((await list({ whose: "mine" }, "operator")).rows.map(({ id }) => id)).toEqual([followUpId]);
});

test("nobody who is disabled or gone is given one", async () => {
  const { db } = database();
  const [left] = await db
    .insert(user)
    .values({ username: "left", role: "support", disabledAt: new Date() })
    .returning();
  const { followUpId } = await begin();
  for (const to of [left?.id ?? "", randomUUID()]) {
    await expect(hand(followUpId, to)).rejects.toMatchObject({ key: "user_not_found" });
    await expect(begin({ assignTo: to })).rejects.toMatchObject({ key: "user_not_found" });
  }
  expect((await list()).colleagues.map(({ name }) => name)).not.toContain("left");
});

test("of two who finish it at once one does, and a finished one is neither finished nor handed over again", async () => {
  const { followUpId } = await begin();
  const results = await Promise.allSettled([finish(followUpId), finish(followUpId, "operator")]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(hand(followUpId, idOf("admin"))).rejects.toMatchObject({ code: "conflict", key: "follow_up_finished" });
  await expect(finish(randomUUID())).rejects.toMatchObject({ code: "not_found" });
});

test("the text is sealed at rest, and the audit says who, for whom and when, but not what", async () => {
  const { followUpId } = await begin({ assignTo: idOf("operator") });
  await hand(followUpId, idOf("admin"));
  await finish(followUpId);
  const [row] = await database().db.select().from(followUp).where(eq(followUp.id, followUpId));
  expect(row?.sealed.toString("latin1")).not.toContain("13812345678");
  expect((await list({ state: "done" })).rows[0]?.text).toBe(TEXT);
  const entries = (
    await database().db.select().from(audit).where(eq(audit.targetId, card.id)).orderBy(audit.id)
  ).filter(({ detail }) => (detail as { followUpId?: string }).followUpId === followUpId);
  expect(entries.map(({ action, detail }) => [action, (detail as { assignedTo?: string }).assignedTo])).toEqual([
    ["follow_up.opened", "operator"],
    ["follow_up.handed_over", "admin"],
    ["follow_up.finished", undefined],
  ]);
  expect(JSON.stringify(entries)).not.toContain("13812345678");
});

test("it is bound to a card that exists and to an operation of that card, never to a draft", async () => {
  await expect(begin({ cardId: "x" })).rejects.toMatchObject({ key: "card_not_found" });
  const [from, to] = [desk.card(500), desk.card(0)];
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  const draft = await desk.transfer(from, to, 1);
  await expect(begin({ cardId: from.id, operationId: draft.id })).rejects.toMatchObject({ code: "not_found" });
  await draft.confirm();
  await expect(begin({ operationId: draft.id })).rejects.toMatchObject({ code: "not_found" });
  await begin({ cardId: from.id, operationId: draft.id, dueInMinutes: null });
});

test("it is due at some time or with some outcome, and says what is to be done", () => {
  const messages = (input: object) =>
    openFollowUpSchema
      .safeParse({ cardId: "c", dueInMinutes: 60, text: "回电", ...input })
      .error?.issues.map((i) => i.message);
  expect(messages({ dueInMinutes: null })).toEqual(["required"]);
  expect(messages({ dueInMinutes: 0 })).toEqual(["out_of_range"]);
  expect(messages({ text: " " })).toEqual(["required"]);
  expect(messages({})).toBeUndefined();
});

test("a list of a card's follow-ups has no others, and phones and codes are masked", async () => {
  const other = desk.card(1);
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  await begin({ cardId: other.id });
  await begin();
  const found = await list({ cardIds: [other.id] });
  expect(found.rows.map((row) => row.card.id)).toEqual([other.id]);
  expect(found.total).toBe(1);
  for (const secret of [other.code, String(other.user_phone)]) expect(JSON.stringify(found)).not.toContain(secret);
});

test("a page past the end is the last: who finishes all of a page is not told that nothing is left", async () => {
  for (let n = 0; n < 21; n++) await begin();
  const second = await list({ page: 2, size: 20 });
  expect(second).toMatchObject({ total: 21, rows: [{ state: "open" }] });
  await finish(second.rows[0]?.id ?? "");
  const { rows, total } = await list({ page: 2, size: 20 });
  expect([rows.length, total]).toEqual([20, 20]);
  expect(await list({ page: 2, state: "done", cardIds: ["x"] })).toMatchObject({ rows: [], total: 0 });
});

test("nobody fills everybody's list: one person's open ones are bounded, also at once; what is done makes room", async () => {
  const { followUpId } = await begin();
  for (let n = 2; n < MAX_OPEN_FOLLOW_UPS; n++) await begin();
  const both = await Promise.allSettled([begin(), begin({ assignTo: idOf("admin") }), begin()]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(begin()).rejects.toMatchObject({ code: "too_many", key: "too_many_follow_ups" });
  await begin({}, "operator");
  await finish(followUpId);
  await begin();
});
