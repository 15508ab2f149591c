import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { syncCards } from "@/lib/cards";
import type { Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { audit, card, customerNote } from "@/lib/db/schema";
import type { CardRow } from "@/sandbox/store/card-row";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { findCustomer } from "../find-customer";
import { addNoteSchema } from "../schemas";
import { MAX_NOTE_TEXT, MAX_NOTES_A_DAY, MAX_NOTES_ABOUT_ONE } from "../types";
import { addNote } from "./add-note";
import { deleteNote } from "./delete-note";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { cards: 0, keys: 0 } });
  desk = operationDesk(room);
});
afterAll(() => room.close());

const TEXT = "客户说换号了，新号 13812345678";
const add = (about: { userId: string } | { cardId: string }, role: Role = "support", text = TEXT) =>
  addNote({ ctx: room.as(role), input: { about, text } });
const remove = (noteId: string, role: Role) => deleteNote({ ctx: room.as(role), input: { noteId } });
const notesOf = async (about: { userId: string } | { cardId: string }, role: Role = "support") =>
  (await findCustomer({ ctx: room.as(role), input: about })).notes;
const stored = async (id: string) =>
  (await database().db.select().from(customerNote).where(eq(customerNote.id, id)))[0];
const audited = (action: string) => database().db.select().from(audit).where(eq(audit.action, action));

async function mirrored(change: Partial<CardRow> = {}): Promise<CardRow> {
  const made = desk.card(10, change);
  await syncCards({ ctx: room.as("admin"), input: { trigger: "schedule" } });
  return made;
}

test("a note is shown with its author on the card and on its customer, is sealed at rest, and the audit says who but not what", async () => {
  const { id, user_id } = await mirrored();
  const { noteId } = await add({ cardId: id });
  for (const about of [{ cardId: id }, { userId: String(user_id) }])
    expect(await notesOf(about)).toMatchObject([
      { id: noteId, cardId: id, text: TEXT, authorName: "support", deleted: null },
    ]);
  const row = await stored(noteId);
  expect(row?.sealed?.toString("latin1")).not.toContain("13812345678");
  const [entry] = await audited("note.added");
  expect(entry).toMatchObject({ actorName: "support", targetKind: "card", targetId: id, detail: { noteId } });
  expect(JSON.stringify(entry)).not.toContain("13812345678");
});

test("a note outlives its card, and does not follow the card to another holder", async () => {
  const { id, user_id } = await mirrored();
  await add({ cardId: id });
  await database().db.update(card).set({ goneAt: new Date() }).where(eq(card.id, id));
  expect(await notesOf({ userId: String(user_id) })).toHaveLength(1);
  await database()
    .db.update(card)
    .set({ userId: "e".repeat(32) })
    .where(eq(card.id, id));
  expect(await notesOf({ cardId: id })).toEqual([]);
});

test("a note about a card that nobody has stays with the card", async () => {
  const { id } = await mirrored({ user_id: null, user_phone: null, user_name: null });
  await add({ cardId: id });
  await database()
    .db.update(card)
    .set({ userId: "d".repeat(32), phone: "13700000000" })
    .where(eq(card.id, id));
  expect(await notesOf({ cardId: id })).toHaveLength(1);
});

test("its author deletes it, an administrator any, nobody else; the mark stays and the text does not", async () => {
  const { id } = await mirrored();
  const [first, second] = [await add({ cardId: id }), await add({ cardId: id })];
  await expect(remove(first.noteId, "operator")).rejects.toMatchObject({ code: "forbidden" });
  expect((await notesOf({ cardId: id }, "operator")).map((note) => note.mayDelete)).toEqual([false, false]);
  expect(await audited("access.refused")).toMatchObject([{ targetId: id, detail: { noteId: first.noteId } }]);
  await remove(first.noteId, "support");
  await remove(second.noteId, "admin");
  await expect(remove(first.noteId, "support")).rejects.toMatchObject({ code: "conflict" });
  for (const { noteId } of [first, second]) expect((await stored(noteId))?.sealed).toBeNull();
  const marks = await notesOf({ cardId: id });
  expect(marks.map(({ text, deleted, mayDelete }) => [text, deleted?.byName, mayDelete]).toSorted()).toEqual([
    [null, "admin", false],
    [null, "support", false],
  ]);
  expect(await audited("note.deleted")).toHaveLength(2);
});

test("of two who delete it at once one does", async () => {
  const { noteId } = await add({ cardId: (await mirrored()).id });
  const results = await Promise.allSettled([remove(noteId, "admin"), remove(noteId, "support")]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a note that does not open is shown as such and hides no other", async () => {
  const { id } = await mirrored();
  const { noteId } = await add({ cardId: id });
  await add({ cardId: id }, "support", "第二条");
  const sealed = (await stored(noteId))?.sealed ?? Buffer.alloc(0);
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  await database().db.update(customerNote).set({ sealed }).where(eq(customerNote.id, noteId));
  expect((await notesOf({ cardId: id })).map(({ text }) => text).toSorted()).toEqual(["第二条", null].toSorted());
});

test("without APP_KEYS nothing is written in the clear instead", async () => {
  const { id } = await mirrored();
  room.setEnv({ APP_KEYS: "" });
  await expect(add({ cardId: id })).rejects.toMatchObject({ code: "not_configured" });
  room.setEnv({ APP_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` });
  expect(await notesOf({ cardId: id })).toEqual([]);
});

test("a text is needed and bounded, and what PostgreSQL can't store is replaced", () => {
  const parse = (text: string) => addNoteSchema.safeParse({ about: { cardId: "c" }, text });
  expect(parse(" \n ").error?.issues[0]?.message).toBe("required");
  expect(parse("字".repeat(MAX_NOTE_TEXT + 1)).error?.issues[0]?.message).toBe("too_long");
  expect(parse("a\0b").data?.text).toBe("a\ufffdb");
});

test("ids no card has are not found", async () => {
  for (const about of [{ userId: "x" }, { cardId: "x" }])
    await expect(add(about)).rejects.toMatchObject({ code: "not_found" });
});

test("nobody buries what others wrote: so many notes of one person about one customer a day, and so many in all, also at once", async () => {
  const [one, other] = [await mirrored(), await mirrored()];
  const many = await Promise.allSettled(Array.from({ length: MAX_NOTES_ABOUT_ONE + 3 }, () => add({ cardId: one.id })));
  expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(MAX_NOTES_ABOUT_ONE);
  const refused = { code: "too_many", key: "too_many_notes" };
  await expect(add({ cardId: one.id })).rejects.toMatchObject(refused);
  await expect(add({ userId: String(one.user_id) })).rejects.toMatchObject(refused);
  await add({ cardId: other.id });
  await add({ cardId: one.id }, "operator");

  const row = { cardId: "elsewhere", userId: null, authorId: room.as("admin").actor.id ?? "", authorName: "admin" };
  const at = new Date();
  const rows = Array.from({ length: MAX_NOTES_A_DAY }, () => ({
    ...row,
    id: randomUUID(),
    at,
    sealed: Buffer.from("x"),
  }));
  await database().db.insert(customerNote).values(rows);
  await expect(add({ cardId: other.id }, "admin")).rejects.toMatchObject(refused);
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await database().db.update(customerNote).set({ at: yesterday });
  await add({ cardId: other.id }, "admin");
});
