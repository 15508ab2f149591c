import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/context";
import { database, type Tx } from "@/lib/db/client";
import { isLockFault } from "@/lib/db/errors";
import { card } from "@/lib/db/schema";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { foldCounts } from "../mirror/fold-counts";
import { mirrorCards } from "../mirror/mirror-cards";
import type { Card, CardFilter } from "../types";
import { countCards } from "./count-cards";

vi.mock("../counted", () => ({ COUNTED: 20 }));

let file: TestDatabase;

beforeAll(async () => {
  file = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", file.url);
});

beforeEach(() => runOn(file.ownerUrl, "truncate card, card_seen"));

afterAll(async () => {
  await database().pool.end();
  await file.drop();
});

const at = new Date("2026-09-21T06:00:00Z");
const TYPES = ["1", "2", "5"];
const idOf = (n: number) => n.toString().padStart(32, "0");

type Seen = { n: number; type: string; balance: number | "unlimited" | null; redeemed: boolean };
const cardOf = ({ n, type, balance, redeemed }: Seen): Card => ({
  id: idOf(n),
  code: `code${n}`,
  type,
  balance,
  userId: null,
  phone: redeemed ? "15916888888" : null,
  userName: null,
  createdAt: null,
  updatedAt: null,
});

const seen: fc.Arbitrary<Seen> = fc.record({
  n: fc.nat(11),
  type: fc.constantFrom(...TYPES),
  balance: fc.constantFrom(0, 1, 2, null, "unlimited" as const),
  redeemed: fc.boolean(),
});

type Step =
  | { kind: "read"; cards: Seen[]; failed: boolean }
  | { kind: "gone" | "back" | "deleted"; n: number }
  | { kind: "folded" };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const), cards: fc.array(seen, { maxLength: 8 }), failed: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("gone" as const, "back" as const, "deleted" as const), n: fc.nat(11) }),
  fc.constant({ kind: "folded" as const }),
);

async function take(tx: Tx, given: Step): Promise<void> {
  if (given.kind === "folded") return foldCounts(tx, 3);
  if (given.kind === "read") {
    await mirrorCards(tx, given.cards.map(cardOf), { at, source: "sync" });
    if (given.failed) throw new Error("rolled back");
    return;
  }
  const one = sql`${card.id} = ${idOf(given.n)}`;
  if (given.kind === "deleted") await tx.delete(card).where(one);
  else
    await tx
      .update(card)
      .set({ goneAt: given.kind === "gone" ? at : null })
      .where(one);
}

const FILTERS: CardFilter[] = [undefined, ["1"], ["2", "5"], []].flatMap((types) =>
  [undefined, true, false].flatMap((redeemed) =>
    [undefined, true, false].flatMap((empty) =>
      [undefined, "show" as const, "only" as const].map((gone) => ({
        ...(types && { types }),
        ...(redeemed !== undefined && { redeemed }),
        ...(empty !== undefined && { empty }),
        ...(gone && { gone }),
      })),
    ),
  ),
);

/** The same filter with a condition that every card meets and no kept count knows. */
const uncommon = (filter: CardFilter) => ({ filter: { ...filter, id: "0" }, masked: false });

async function expectExact(): Promise<void> {
  const ctx = systemContext();
  for (const filter of FILTERS) {
    const kept = await countCards(ctx, { filter, masked: false }, { exact: false });
    expect(kept).toEqual(await countCards(ctx, uncommon(filter), { exact: true }));
  }
}

test("kept counts are those of the cards, whatever several writers do at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { minLength: 1, maxLength: 4 }), async (writers) => {
      await Promise.all(
        writers.map(async (steps) => {
          for (const each of steps) {
            // What fails is rolled back, and its counts with it: also where three write a card that was new to two of them.
            await database()
              .db.transaction((tx) => take(tx, each))
              .catch((error: Error) => isLockFault(error) || expect(error.message).toBe("rolled back"));
          }
        }),
      );
      await expectExact();
    }),
    { numRuns: 15 },
  );
});

test("a snapshot has the counts of its own cards", async () => {
  const { db } = database();
  await mirrorCards(db, [cardOf({ n: 1, type: "1", balance: 0, redeemed: true })], { at, source: "sync" });
  await db.transaction(
    async (tx) => {
      await tx.execute(sql`select 1`);
      const more = cardOf({ n: 2, type: "1", balance: 0, redeemed: true });
      await mirrorCards(db, [more], { at, source: "sync" });
      await foldCounts(db, 0);
      const { rows } = await tx.execute(
        sql`select (select sum(cards) from card_count)::int as kept, (select count(*) from card)::int as there`,
      );
      expect(rows).toEqual([{ kept: 1, there: 1 }]);
    },
    { isolationLevel: "repeatable read" },
  );
});

test("no writer waits for another one's counts, and neither does folding", async () => {
  const { db } = database();
  await db.transaction(async (first) => {
    await mirrorCards(first, [cardOf({ n: 1, type: "1", balance: 0, redeemed: true })], { at, source: "sync" });
    await foldCounts(first, 0);
    await db.transaction(async (second) => {
      await mirrorCards(second, [cardOf({ n: 2, type: "1", balance: 0, redeemed: true })], { at, source: "sync" });
      await foldCounts(second, 0);
    });
  });
  await expectExact();
});

test("a change that moves no card from one kind to another adds no row", async () => {
  const { db } = database();
  const rows = async () => (await db.execute(sql`select * from card_count`)).rows.length;
  const read = (balance: number) =>
    mirrorCards(db, [cardOf({ n: 1, type: "1", balance, redeemed: true })], { at, source: "sync" });
  await read(5);
  expect(await rows()).toBe(1);
  await read(4);
  expect(await rows()).toBe(1);
  await read(0);
  expect(await rows()).toBe(3);
  await foldCounts(db, 0);
  expect(await rows()).toBe(1);
});

test("beyond so many an uncommon filter is counted only when asked, a common one always", async () => {
  const ctx = systemContext();
  const cards = Array.from({ length: 25 }, (_, n) => cardOf({ n, type: "1", balance: n, redeemed: false }));
  await mirrorCards(ctx.db, cards, { at, source: "sync" });
  expect(await countCards(ctx, { filter: { balanceMin: 0 }, masked: false }, { exact: false })).toEqual({
    total: 20,
    exact: false,
  });
  expect(await countCards(ctx, { filter: { balanceMin: 0 }, masked: false }, { exact: true })).toEqual({
    total: 25,
    exact: true,
  });
  expect(await countCards(ctx, { filter: { balanceMin: 5 }, masked: false }, { exact: false })).toEqual({
    total: 20,
    exact: true,
  });
  expect(await countCards(ctx, { filter: { balanceMin: 0, gone: "show" }, masked: false }, { exact: false })).toEqual({
    total: 20,
    exact: false,
  });
  expect(await countCards(ctx, { filter: { types: ["1"] }, masked: false }, { exact: false })).toEqual({
    total: 25,
    exact: true,
  });
});
