import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type Database, openDatabase } from "@/lib/db/client";
import { card, cardBalance, cardDailyUse, cardEvent, cardName, cardSeen } from "@/lib/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { openEvent } from "../history/sealed-events";
import type { Card } from "../types";
import { mirrorCards } from "./mirror-cards";

const APP_KEYS = `k1:${Buffer.alloc(32, 7).toString("base64")}`;

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ ...process.env, APP_KEYS });
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

const second = (n: number) => new Date(Date.UTC(2026, 8, 21, 6, 0, n));

let made = 0;
function aCard(over: Partial<Card> = {}): Card {
  made += 1;
  return {
    id: made.toString(16).padStart(32, "0"),
    code: "wNaa1GDw",
    type: "1",
    balance: 500,
    userId: "87215a4192654cea8781a1a596d23cae",
    phone: "15916888888",
    userName: "琳琅",
    createdAt: second(0),
    updatedAt: null,
    ...over,
  };
}

const mirror = (cards: Card[], at: Date) =>
  database.db.transaction((tx) => mirrorCards(tx, cards, { at, source: "sync" }));

async function stored(id: string) {
  const [row] = await database.db
    .select({ ...getTableColumns(card), seenAt: cardSeen.seenAt, missed: cardSeen.missed })
    .from(card)
    .innerJoin(cardSeen, eq(cardSeen.cardId, card.id))
    .where(eq(card.id, id));
  if (!row) throw new Error("not mirrored");
  return row;
}

const history = (id: string) =>
  database.db
    .select({ at: cardBalance.at, balance: cardBalance.balance, unlimited: cardBalance.unlimited })
    .from(cardBalance)
    .where(eq(cardBalance.cardId, id))
    .orderBy(asc(cardBalance.id));

test("keeps every field as read", async () => {
  const given = aCard({ updatedAt: second(3) });
  expect(await mirror([given], second(5))).toEqual({ changed: 1 });
  const { balance, ...fields } = given;
  expect(await stored(given.id)).toEqual({
    ...fields,
    balance,
    unlimited: false,
    balanceRank: 500n,
    nameKey: "琳琅",
    firstSeenAt: second(5),
    readAt: second(5),
    seenAt: second(5),
    missed: 0,
    goneAt: null,
  });
});

test("writes history when the balance changed, and only then", async () => {
  const given = aCard();
  await mirror([given], second(1));
  await mirror([{ ...given, userName: "望舒" }], second(2));
  expect(await mirror([{ ...given, userName: "望舒" }], second(3))).toEqual({ changed: 0 });
  await mirror([{ ...given, balance: 120 }], second(4));
  await mirror([{ ...given, balance: "unlimited" }], second(5));
  await mirror([{ ...given, balance: null }], second(6));
  await mirror([{ ...given, balance: null }], second(7));
  expect(await history(given.id)).toEqual([
    { at: second(1), balance: 500, unlimited: false },
    { at: second(4), balance: 120, unlimited: false },
    { at: second(5), balance: null, unlimited: true },
    { at: second(6), balance: null, unlimited: false },
  ]);
  expect(await stored(given.id)).toMatchObject({ readAt: second(6), seenAt: second(7) });
});

test("an older reading changes nothing", async () => {
  const given = aCard();
  await mirror([given], second(5));
  await mirror([given], second(9));
  expect(await mirror([{ ...given, balance: 900, userName: "old" }], second(8))).toEqual({ changed: 0 });
  expect(await stored(given.id)).toMatchObject({ balance: 500, userName: "琳琅", seenAt: second(9) });
  expect(await history(given.id)).toHaveLength(1);
});

test("a card that is listed again is no longer missed or gone", async () => {
  const given = aCard();
  await mirror([given], second(1));
  await database.db
    .update(card)
    .set({ goneAt: second(2) })
    .where(eq(card.id, given.id));
  await database.db.update(cardSeen).set({ missed: 2 }).where(eq(cardSeen.cardId, given.id));
  expect(await mirror([given], second(3))).toEqual({ changed: 1 });
  expect(await stored(given.id)).toMatchObject({ missed: 0, goneAt: null, firstSeenAt: second(1) });
});

test("a reading from before a card went does not bring it back", async () => {
  const given = aCard();
  await mirror([given], second(1));
  await database.db
    .update(card)
    .set({ goneAt: second(5) })
    .where(eq(card.id, given.id));
  expect(await mirror([{ ...given, balance: 3 }], second(4))).toEqual({ changed: 0 });
  expect(await stored(given.id)).toMatchObject({ balance: 500, goneAt: second(5) });
});

test("of duplicates the last one counts", async () => {
  const given = aCard();
  await mirror([given, { ...given, balance: 7 }], second(1));
  expect(await history(given.id)).toEqual([{ at: second(1), balance: 7, unlimited: false }]);
});

test("takes thousands, and text no database would", async () => {
  const many = Array.from({ length: 1_201 }, () => aCard({ userName: "a\0b\ud800", userId: null, phone: null }));
  expect(await mirror(many, second(1))).toEqual({ changed: 1_201 });
  expect(await stored(many[1_200]?.id ?? "")).toMatchObject({ userName: "a\ufffdb\ufffd", phone: null });
  expect(await mirror([], second(2))).toEqual({ changed: 0 });
});

test("two writers of the same cards both finish, and the newer reading stands", async () => {
  const cards = Array.from({ length: 40 }, () => aCard());
  await mirror(cards, second(1));
  const write = (balance: number, at: Date, order: Card[]) =>
    database.db.transaction((tx) =>
      mirrorCards(
        tx,
        order.map((one) => ({ ...one, balance })),
        { at, source: "read" },
      ),
    );
  await Promise.all(Array.from({ length: 8 }, (_, i) => write(i, second(10 + i), i % 2 ? cards : cards.toReversed())));
  for (const { id } of cards) {
    expect(await stored(id)).toMatchObject({ balance: 7, readAt: second(17) });
    const rows = await history(id);
    expect(rows.at(-1)?.balance).toBe(7);
    expect(new Set(rows.map((row) => row.balance)).size).toBe(rows.length);
  }
});

const storedEvents = (id: string) =>
  database.db.select().from(cardEvent).where(eq(cardEvent.cardId, id)).orderBy(asc(cardEvent.id));

const eventsOf = async (id: string) =>
  (await storedEvents(id)).map((row) => {
    const { before = "unreadable", after = "unreadable" } = openEvent(row) ?? {};
    return { at: row.at, kind: row.kind, before, after, operationId: row.operationId };
  });

const useOf = (id: string) =>
  database.db
    .select({ day: cardDailyUse.day, calls: cardDailyUse.calls })
    .from(cardDailyUse)
    .where(eq(cardDailyUse.cardId, id))
    .orderBy(asc(cardDailyUse.day));

const upstreams = { before: null, after: null, operationId: null };

test("a first sight, a repeated reading and a changed nickname are no events", async () => {
  const given = aCard();
  await mirror([given], second(1));
  await mirror([given], second(2));
  await mirror([{ ...given, userName: "望舒", updatedAt: second(3) }], second(3));
  expect(await eventsOf(given.id)).toEqual([]);
  expect(await useOf(given.id)).toEqual([]);
});

test("each change is one event with before and after, of the upstream's making", async () => {
  const given = aCard({ userId: null, phone: null, userName: null });
  await mirror([given], second(1));
  const redeemed = { ...given, userId: "u1", phone: "15900000001" };
  await mirror([redeemed], second(2));
  const moved = { ...redeemed, phone: "15900000002", code: "AAAA1111", type: "2", balance: 480 };
  await mirror([moved], second(3));
  await mirror([{ ...moved, userId: "u2" }], second(4));
  expect(await eventsOf(given.id)).toEqual([
    { ...upstreams, at: second(2), kind: "redeemed", after: "15900000001" },
    { ...upstreams, at: second(3), kind: "code", before: "wNaa1GDw", after: "AAAA1111" },
    { ...upstreams, at: second(3), kind: "type", before: "1", after: "2" },
    { ...upstreams, at: second(3), kind: "owner", before: "15900000001", after: "15900000002" },
    { ...upstreams, at: second(3), kind: "balance", before: "500", after: "480" },
    { ...upstreams, at: second(4), kind: "owner", before: "u1", after: "u2" },
  ]);
  const secret = (await storedEvents(given.id)).filter(({ kind }) => kind !== "type" && kind !== "balance");
  expect(secret.map(({ before, after, sealed }) => [before, after, sealed !== null])).toEqual(
    secret.map(() => [null, null, true]),
  );
});

test("without app keys a change of owner is an event without values: none is stored in the clear", async () => {
  const given = aCard();
  await mirror([given], second(1));
  sharedSlot("env").value = parseEnv({ ...process.env, APP_KEYS: "" });
  await mirror([{ ...given, phone: "15900000002" }], second(2));
  sharedSlot("env").value = parseEnv({ ...process.env, APP_KEYS });
  expect(await eventsOf(given.id)).toEqual([{ ...upstreams, at: second(2), kind: "owner" }]);
});

test("a reading that is older than the mirror's is no event and no use", async () => {
  const given = aCard();
  await mirror([given], second(5));
  await mirror([{ ...given, balance: 400, phone: "15900000009" }], second(4));
  expect(await eventsOf(given.id)).toEqual([]);
  expect(await useOf(given.id)).toEqual([]);
});

test("a balance that stops being a number is an event and no use", async () => {
  const given = aCard();
  await mirror([given], second(1));
  await mirror([{ ...given, balance: null }], second(2));
  await mirror([{ ...given, balance: "unlimited" }], second(3));
  const changes = (await eventsOf(given.id)).map(({ before, after }) => [before, after]);
  expect(changes).toEqual([
    ["500", null],
    [null, "unlimited"],
  ]);
  expect(await useOf(given.id)).toEqual([]);
});

test("falls add up by the day in the display zone; a top-up is no use; trial cards count too", async () => {
  const beforeMidnight = new Date("2026-09-21T15:59:59Z");
  const afterMidnight = new Date("2026-09-21T16:00:00Z");
  const trial = aCard({ type: "0", balance: 50 });
  for (const [balance, at] of [
    [50, second(1)],
    [48, second(2)],
    [45, beforeMidnight],
    [145, beforeMidnight],
    [138, afterMidnight],
  ] as const)
    await mirror([{ ...trial, balance }], at);
  expect(await useOf(trial.id)).toEqual([
    { day: "2026-09-21", calls: 5 },
    { day: "2026-09-22", calls: 7 },
  ]);
});

test("many cards that change at once take as many statements as if none had changed, and one more per 500 to seal whose they are", async () => {
  const cards = Array.from({ length: 1_200 }, () => aCard());
  const query = vi.spyOn(pg.Client.prototype, "query");
  const statements = async (next: Card[], at: Date) => {
    query.mockClear();
    await mirror(next, at);
    return query.mock.calls.length;
  };
  const changed = cards.map((each) => ({ ...each, balance: 1, phone: "15900000003" }));
  await statements(cards, second(1));
  const whenAllChanged = await statements(changed, second(2));
  expect(whenAllChanged).toBe((await statements(changed, second(3))) + 3);
  query.mockRestore();
  const ids = cards.map(({ id }) => id);
  const events = await database.db.select().from(cardEvent).where(inArray(cardEvent.cardId, ids));
  expect(events.filter((event) => openEvent(event)?.after === "15900000003")).toHaveLength(1_200);
});

test("a nickname is found by its pinyin as soon as it is mirrored, a new one by the new, and none by none", async () => {
  const mine = aCard({ userName: "望舒" });
  const termsOf = async () => {
    const rows = await database.db.select().from(cardName).where(eq(cardName.cardId, mine.id));
    return rows.map(({ terms }) => terms);
  };
  await mirror([mine], second(1));
  expect(await termsOf()).toEqual([expect.stringContaining("'wangshu'")]);
  await mirror([{ ...mine, userName: "琳琅" }], second(2));
  expect(await termsOf()).toEqual([expect.stringMatching(/^(?!.*wangshu).*'linlang'/)]);
  await mirror([{ ...mine, userName: null }], second(3));
  expect(await termsOf()).toEqual([]);
});
