import { and, desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit, card, user } from "@/lib/db/schema";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { lookUpCard } from "./look-up-card";
import { readCardsLive } from "./mirror/read-cards-live";
import { lookUpSchema } from "./schemas";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

// Each test at its own time: look-ups are counted by the minute.
let hour = 0;
const at = () => {
  hour += 1;
  const now = new Date(Date.UTC(2026, 8, 21, hour));
  return room.as("support", () => now);
};
const ask = ({ user_phone, code }: { user_phone: number | null; code: string }) => ({
  phone: String(user_phone),
  code,
});
const lastAudit = async () =>
  (
    await database().db.select().from(audit).where(eq(audit.action, "card.looked_up")).orderBy(desc(audit.id)).limit(1)
  )[0];

test("a card the mirror does not have is read live, masked, audited, and stays out of the mirror", async () => {
  const made = desk.card(77);
  const found = await lookUpCard({ ctx: at(), input: ask(made) });
  expect(found.card).toMatchObject({ id: made.id, balance: 77, userName: made.user_name, mirrored: false });
  expect(JSON.stringify(found)).not.toContain(String(made.user_phone));
  expect(JSON.stringify(found)).not.toContain(made.code);
  expect(await database().db.select().from(card).where(eq(card.id, made.id))).toEqual([]);
  const entry = await lastAudit();
  expect(entry).toMatchObject({ actorName: "support", targetId: made.id, outcome: "ok", detail: { found: true } });
  expect(JSON.stringify(entry)).not.toContain(String(made.user_phone));
});

test("a card that is in the mirror after all leads to its page", async () => {
  const made = desk.card(5);
  await readCardsLive(room.as("support"), [made.id]);
  expect((await lookUpCard({ ctx: at(), input: ask(made) })).card).toMatchObject({ id: made.id, mirrored: true });
});

test("no such card is an answer; an upstream that does not answer is none. Both are audited", async () => {
  const made = desk.card(5);
  const wrong = { ...ask(made), code: "ZZZZ9999" };
  expect(await lookUpCard({ ctx: at(), input: wrong })).toEqual({ card: null });
  expect(await lastAudit()).toMatchObject({ targetId: null, outcome: "ok", detail: { found: false } });
  await room.sandbox.addFaults([{ match: { kind: "detail" }, fault: "html-502" }]);
  await expect(lookUpCard({ ctx: at(), input: ask(made) })).rejects.toMatchObject({ code: "upstream" });
  expect(await lastAudit()).toMatchObject({ targetId: null, outcome: "failed" });
});

test("a user may look up 20 cards a minute; others and the next minute are not held up", async () => {
  const ctx = at();
  const input = ask(desk.card(5));
  const { now } = ctx;
  const [support] = await database().db.select().from(user).where(eq(user.username, "support"));
  const row = { at: now(), actorId: support?.id ?? null, actorName: "support", action: "card.looked_up" };
  await database()
    .db.insert(audit)
    .values(Array.from({ length: 19 }, () => row));
  expect((await lookUpCard({ ctx, input })).card).not.toBeNull();
  await expect(lookUpCard({ ctx, input })).rejects.toMatchObject({ code: "too_many" });
  const [reached] = await database().db.select().from(audit).where(eq(audit.action, "limit.reached"));
  expect(reached).toMatchObject({ outcome: "refused", detail: { measure: "lookUps", limit: 20 } });
  expect((await lookUpCard({ ctx: room.as("operator", now), input })).card).not.toBeNull();
  const later = new Date(now().getTime() + 60_001);
  expect((await lookUpCard({ ctx: room.as("support", () => later), input })).card).not.toBeNull();
  const mine = and(eq(audit.action, "card.looked_up"), eq(audit.actorName, "operator"));
  expect(await database().db.select().from(audit).where(mine)).toHaveLength(1);
});

test.each([
  { phone: "15916888888", code: "short" },
  { phone: "159168", code: "wNaa1GDw" },
  { phone: "15916888888", code: "wNaa1GDw", more: 1 },
])("%j is not asked", (input) => {
  expect(lookUpSchema.safeParse(input).success).toBe(false);
});
