import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { database } from "@/lib/db/client";
import { operation, operationCard } from "@/lib/db/schema";
import { espai } from "@/lib/upstream";
import type { CardRow } from "@/sandbox/store/card-row";
import { seededUnit } from "@/test/simulation/simulate-transfer";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";

const CARDS = 10;
const TRANSFERS = 50;
const BALANCE = 1_000;
let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { options: { latencyMs: 25 } } });
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => vi.restoreAllMocks());

type Pair = { source: CardRow; target: CardRow; amount: number };
type Attempt = Pair & { end: "done" | "changed" | "busy" };

/** Preview one after the other's back, confirm all in the same instant. */
async function attemptAll(pairs: readonly Pair[]): Promise<Attempt[]> {
  const drafts = await Promise.all(
    pairs.map(async (pair) => ({ ...pair, ...(await desk.transfer(pair.source, pair.target, pair.amount)) })),
  );
  return Promise.all(
    drafts.map(async ({ confirm, ...pair }): Promise<Attempt> => {
      try {
        const { state, reason } = await confirm();
        if (state !== "done") expect([state, reason]).toEqual(["not_sent", "changed"]);
        return { ...pair, end: state === "done" ? "done" : "changed" };
      } catch (error) {
        expect(error).toMatchObject({ code: "busy" });
        // The lock owner may be done by the time we ask who it was.
        if (error instanceof AppError && error.key !== "card_busy_now")
          expect(error.params).toMatchObject({
            operationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            actor: "operator",
          });
        return { ...pair, end: "busy" };
      }
    }),
  );
}

test("50 transfers at once over 10 cards, both ways: one in flight for a card, no deadlock, losers told who holds it", async () => {
  const unit = seededUnit(7);
  const cards = Array.from({ length: CARDS }, () => desk.card(BALANCE));
  const card = (i: number) => cards[i % CARDS] ?? desk.card(0);
  let waiting = Array.from({ length: TRANSFERS / 2 }, (_, i) => {
    const from = Math.floor(unit() * CARDS);
    const [a, b] = [card(from), card(from + 1 + Math.floor(unit() * (CARDS - 1)))];
    return [
      { source: a, target: b, amount: 1 + (i % 7) },
      { source: b, target: a, amount: 1 + (i % 5) },
    ];
  }).flat();

  const attempts: Attempt[] = [];
  while (waiting.length) {
    const round = await attemptAll(waiting);
    attempts.push(...round);
    waiting = round.filter((each) => each.end !== "done");
    expect(round.length).toBeGreaterThan(waiting.length);
  }

  const lost = attempts.filter((each) => each.end === "busy");
  expect(lost.length).toBeGreaterThan(0);
  const journal = room.sandbox.store.journal;
  expect(journal).toHaveLength(TRANSFERS);
  expect(cards.reduce((sum, each) => sum + Number(each.api_limit), 0)).toBe(CARDS * BALANCE);

  const calls = await database()
    .db.select({
      cardId: operationCard.cardId,
      from: operation.sentAt,
      to: operation.finishedAt,
      open: operationCard.open,
    })
    .from(operationCard)
    .innerJoin(operation, eq(operation.id, operationCard.operationId))
    .where(eq(operation.state, "done"))
    .orderBy(asc(operation.sentAt));
  expect(calls).toHaveLength(2 * TRANSFERS);
  expect(calls.filter((call) => call.open)).toEqual([]);
  expect(overlaps(calls.map(({ cardId, from, to }) => ({ cardId, from: Number(from), to: Number(to) })))).toBe(0);
  const seen = journal.flatMap(({ at, effectAt, changes }) =>
    changes.flatMap((change) =>
      change.kind === "balance" ? [{ cardId: change.cardId, from: at, to: effectAt ?? at }] : [],
    ),
  );
  expect(seen).toHaveLength(2 * TRANSFERS);
  expect(overlaps(seen)).toBe(0);
});

test("while calls are under way, 45 others learn what holds their cards, and wait for none of them", async () => {
  const cards = Array.from({ length: CARDS }, () => desk.card(BALANCE));
  const pair = (i: number, j: number) => ({
    source: cards[i] ?? desk.card(0),
    target: cards[j] ?? desk.card(0),
    amount: 1,
  });
  const holders = [0, 2, 4, 6, 8].map((i) => pair(i, i + 1));
  const others = cards.flatMap((_, i) => cards.flatMap((_, j) => (i === j ? [] : [pair(i, j)])));
  const preview = ({ source, target, amount }: Pair) => desk.transfer(source, target, amount);
  const drafts = await Promise.all([...holders, ...others.slice(0, 45)].map(preview));
  const { transfer } = espai();
  const { promise, resolve } = Promise.withResolvers<void>();
  const calls = vi.spyOn(espai(), "transfer").mockImplementation((input) => promise.then(() => transfer(input)));
  const held = drafts.slice(0, holders.length).map((draft) => draft.confirm());
  await expect.poll(() => calls.mock.calls.length).toBe(holders.length);

  const ids = drafts.slice(0, holders.length).map((draft) => draft.id);
  const losers = drafts.slice(holders.length);
  const errors = await Promise.all(losers.map(({ confirm }) => confirm().catch((reason: unknown) => reason)));
  for (const error of errors) {
    expect(error).toMatchObject({ code: "busy", key: "card_busy" });
    if (error instanceof AppError) expect(ids).toContain(error.params?.operationId);
  }
  resolve();
  expect((await Promise.all(held)).map((view) => view.state)).toEqual(holders.map(() => "done"));
});

/** How many spans begin before another of the same card has ended. Spans are in order of their beginning. */
function overlaps(spans: readonly { cardId: string; from: number; to: number }[]): number {
  const ends = new Map<string, number>();
  let count = 0;
  for (const { cardId, from, to } of spans) {
    if (from < (ends.get(cardId) ?? 0)) count++;
    ends.set(cardId, Math.max(to, ends.get(cardId) ?? 0));
  }
  return count;
}
