import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addTag, readCardsLive, removeTag, revealCard } from "@/lib/cards";
import { addNote, deleteNote } from "@/lib/customers";
import { database } from "@/lib/db/client";
import { audit, card, cardEvent, customerNote, operation, operationCard } from "@/lib/db/schema";
import { operationKinds as kinds } from "@/lib/operation-kinds";
import { describeDrafts } from "@/lib/operations";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readTimeline } from "./read-timeline";
import { readTimelineSchema } from "./schemas";
import type { TimelineEntry } from "./types";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

const read = (cardIds: string[], rest: object = {}) =>
  readTimeline({ ctx: room.as("support"), input: readTimelineSchema.parse({ cardIds, ...rest }), kinds });

const see = (...cards: CardRow[]) =>
  readCardsLive(
    room.as("operator"),
    cards.map(({ id }) => id),
  );

/** Page by page to the end, as a screen does. */
async function whole(cardIds: string[], rest: { limit: number; sources?: string[] }): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (let before: unknown = null; ; ) {
    const page = await read(cardIds, { ...rest, before });
    expect(page.entries.length).toBeLessThanOrEqual(rest.limit);
    entries.push(...page.entries);
    if (!page.next) return entries;
    before = page.next;
  }
}

test("a card's life is one line: ours with who, why and before → after, theirs told apart, phones and codes masked", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 10);
  const words = { note: "客户要求", reference: "T-7" };
  await describeDrafts({ ctx: room.as("operator"), input: { operationIds: [draft.id], ...words } });
  await draft.confirm();
  await see(source, target);
  room.sandbox.activity.consume(source, 4);
  await see(source);
  const [phone, code] = [String(source.user_phone), source.code];
  Object.assign(source, { user_phone: 13_711_112_222, code: "Zz99Yy88" });
  await see(source);
  await revealCard({ ctx: room.as("support"), input: { id: source.id, field: "phone" } });

  const { entries, next } = await read([source.id]);
  expect(next).toBeNull();
  expect(entries.map(({ event }) => event.kind)).toEqual([
    "reveal",
    "owner",
    "code",
    "balance",
    "operation",
    "firstSeen",
  ]);
  expect(entries.map(({ event }) => event)).toMatchObject([
    { field: "phone", actorName: "support" },
    { before: `${phone.slice(0, 3)}****${phone.slice(7)}`, after: "137****2222" },
    { before: `••••${code.slice(-4)}`, after: "••••Yy88" },
    { before: 90, after: 86 },
    {
      operation: { id: draft.id, kind: "transfer", actorName: "operator", amount: 10, ...words },
      changes: [{ cardId: source.id, before: 100, after: 90 }],
    },
    {},
  ]);
  const text = JSON.stringify(entries);
  for (const secret of [phone, code, "13711112222", "Zz99Yy88", String(target.user_phone), target.code])
    expect(text).not.toContain(secret);
});

test("of several cards a transfer between them is one entry, with what it changed on each", async () => {
  const [source, target] = [desk.card(100), desk.card(50)];
  const draft = await desk.transfer(source, target, 10);
  await draft.confirm();
  const { entries } = await read([source.id, target.id, target.id], { sources: ["operations"] });
  expect(entries).toHaveLength(1);
  expect(entries[0]?.event).toMatchObject({
    changes: expect.arrayContaining([
      { cardId: source.id, before: 100, after: 90 },
      { cardId: target.id, before: 50, after: 60 },
    ]),
  });
});

test("a card that we destroyed is gone by us, not a second time by itself", async () => {
  const empty = desk.card(0);
  const draft = await desk.destroy(empty);
  await draft.confirm();
  const { entries } = await read([empty.id]);
  expect(entries.map(({ event }) => event)).toMatchObject([
    { kind: "operation", changes: [{ cardId: empty.id, gone: true }] },
    { kind: "firstSeen" },
  ]);
});

test("a note on the card or on who has it now stands in the line with its author, a deleted one without its text", async () => {
  const [held, other] = [desk.card(5), desk.card(6)];
  await see(held, other);
  const ctx = room.as("support");
  const [holder] = await database().db.select({ userId: card.userId }).from(card).where(eq(card.id, held.id));
  const note = (about: { cardId: string } | { userId: string }, text: string) =>
    addNote({ ctx, input: { about, text } });
  await note({ cardId: held.id }, "换号了");
  await note({ userId: String(holder?.userId) }, "老客户");
  await note({ cardId: other.id }, "另一张卡");
  const { noteId } = await note({ cardId: held.id }, "写错了");
  await deleteNote({ ctx: room.as("admin"), input: { noteId } });

  const { entries } = await read([held.id], { sources: ["notes"] });
  expect(entries.map(({ event }) => event)).toMatchObject([
    { kind: "note", text: null, authorName: "support", deleted: { byName: "admin" } },
    { kind: "note", text: "老客户", authorName: "support", deleted: null },
    { kind: "note", text: "换号了" },
  ]);
  expect(entries.map(({ cardId }) => cardId)).toEqual([held.id, null, held.id]);
  const rows = await database().db.select({ sealed: customerNote.sealed }).from(customerNote);
  for (const { sealed } of rows) expect(sealed?.toString("utf8") ?? "").not.toContain("换号了");

  // A note follows its customer, not the card to its next holder.
  await database()
    .db.update(card)
    .set({ userId: "e".repeat(32) })
    .where(eq(card.id, held.id));
  expect((await read([held.id], { sources: ["notes"] })).entries).toEqual([]);
});

test("a note on a card that nobody had stays in its line", async () => {
  const fresh = desk.card(5, { user_id: null, user_phone: null, user_name: null });
  await see(fresh);
  await addNote({ ctx: room.as("support"), input: { about: { cardId: fresh.id }, text: "备用" } });
  await database()
    .db.update(card)
    .set({ userId: "d".repeat(32) })
    .where(eq(card.id, fresh.id));
  const { entries } = await read([fresh.id], { sources: ["notes"] });
  expect(entries).toMatchObject([{ cardId: fresh.id, event: { text: "备用" } }]);
});

test("a tag stands in the line when it was put on and when it was taken off, each with who did it", async () => {
  const [tagged, other] = [desk.card(5), desk.card(6)];
  await see(tagged, other);
  await addTag({ ctx: room.as("support"), input: { cardId: tagged.id, tag: "大客户" } });
  await addTag({ ctx: room.as("support"), input: { cardId: other.id, tag: "别的" } });
  await removeTag({ ctx: room.as("operator"), input: { cardId: tagged.id, tag: "大客户" } });
  const { entries } = await read([tagged.id], { sources: ["tags"] });
  expect(entries).toMatchObject([
    { cardId: tagged.id, event: { kind: "untagged", tag: "大客户", actorName: "operator" } },
    { cardId: tagged.id, event: { kind: "tagged", tag: "大客户", actorName: "support" } },
  ]);
});

test("a draft is no part of a card's past", async () => {
  const source = desk.card(100);
  await desk.transfer(source, desk.card(50), 10);
  const { entries } = await read([source.id]);
  expect(entries.map(({ event }) => event.kind)).toEqual(["firstSeen"]);
});

test("every operation, change, reveal, note and tag is reached, once and in order, however small the page and whatever stands at one moment", async () => {
  const [one, two] = [desk.card(1), desk.card(2)];
  await see(one, two);
  const { db } = database();
  await db.update(card).set({ firstSeenAt: new Date("2026-01-01T00:00:00Z") });
  // Three moments, the last two within one millisecond.
  const moments = ["2026-03-01 00:00:00.000000+00", "2026-03-01 00:00:00.000400+00", "2026-03-01 00:00:00.000900+00"];
  for (const [index, at] of moments.flatMap((moment) => Array.from({ length: 8 }, () => moment)).entries()) {
    const cardId = index % 2 ? one.id : two.id;
    const moment = sql`${at}::timestamptz`;
    await db.insert(cardEvent).values({ cardId, at: moment, kind: "balance", before: String(index), after: "0" });
    const about = { action: "card.revealed", targetKind: "card", targetId: cardId, detail: { field: "code" } };
    await db.insert(audit).values({ at: moment, actorName: "lin", ...about });
    const tagged = { ...about, action: index % 3 ? "card.tagged" : "card.untagged", detail: { tag: String(index) } };
    await db.insert(audit).values({ at: moment, actorName: "lin", ...tagged });
    await db.insert(customerNote).values({
      ...{ id: randomUUID(), cardId, at: moment, authorName: "lin", deletedAt: new Date(), deletedByName: "lin" },
      authorId: room.as("support").actor.id ?? "",
    });
    const id = randomUUID();
    await db.insert(operation).values({
      id,
      kind: "destroy",
      state: "done",
      params: { kind: "destroy", card: { id: cardId, userName: null, type: "1", balance: 0 } },
      actorName: "lin",
      createdAt: moment,
      intentAt: moment,
      expiresAt: moment,
    });
    await db.insert(operationCard).values({ operationId: id, cardId, role: "source", open: false });
  }
  const cards = [one.id, two.id];
  const all = await whole(cards, { limit: 100 });
  expect(all).toHaveLength(5 * 24 + 2);
  expect(new Set(all.map(({ source, id }) => `${source} ${id}`)).size).toBe(all.length);
  const times = all.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().toReversed());
  for (const limit of [1, 2, 3, 5, 7, 24]) expect(await whole(cards, { limit })).toEqual(all);
  const operations = await whole(cards, { limit: 5, sources: ["operations"] });
  expect(operations).toEqual(all.filter(({ source }) => source === "operations"));
  expect(operations).toHaveLength(24);
});

test("a change that can't be opened is told as one, and the line is not lost for it", async () => {
  const changed = desk.card(5);
  await see(changed);
  Object.assign(changed, { user_phone: 13_711_113_333 });
  await see(changed);
  room.setEnv({ APP_KEYS: `k9:${Buffer.alloc(32, 9).toString("base64")}` });
  const { entries } = await read([changed.id]);
  room.setEnv({ APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` });
  expect(entries[0]?.event).toEqual({ kind: "owner", before: null, after: null, unreadable: true });
});

test("a place that no page ever gave is refused before it reaches the database", () => {
  const parse = (before: object) => readTimelineSchema.safeParse({ cardIds: ["c"], before }).success;
  const at = "2026-09-21T06:00:00.000000Z";
  expect(parse({ source: "changes", at, id: "12" })).toBe(true);
  expect(parse({ source: "changes", at, id: "1; drop" })).toBe(false);
  expect(parse({ source: "operations", at, id: "12" })).toBe(false);
  expect(parse({ source: "notes", at, id: "12" })).toBe(false);
  expect(parse({ source: "tags", at, id: "x" })).toBe(false);
  expect(parse({ source: "changes", at: "0000-01-01T00:00:00Z", id: "12" })).toBe(false);
  expect(parse({ source: "changes", at: "yesterday", id: "12" })).toBe(false);
});
