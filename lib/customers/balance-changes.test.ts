import { expect, test } from "vitest";
import { type BalanceEvent, balanceChanges } from "./balance-changes";

const ours = { operationId: "o1", actorName: "李", reference: "881" };
const theirs = { operationId: null, actorName: null, reference: null };
const event = (
  at: string,
  before: number,
  after: number,
  whose: typeof ours | typeof theirs,
  cardId = "a",
): BalanceEvent => ({
  ...{ cardId, maskedCode: "••••1GDw", at, before, after },
  ...whose,
});
const none = { zone: "Asia/Shanghai", cut: new Set<string>() };

test("a day's fall is told by what was used and what we moved, for which ticket", () => {
  const events = [
    event("2026-11-24T04:00:00.000Z", 640, 620, theirs),
    event("2026-11-24T03:00:00.000Z", 900, 640, ours),
    event("2026-11-24T02:00:00.000Z", 1_000, 900, theirs),
  ];
  expect(balanceChanges(events, none)).toEqual([
    {
      ...{ cardId: "a", maskedCode: "••••1GDw", day: "2026-11-24", at: "2026-11-24T04:00:00.000Z", delta: -380 },
      partial: false,
      parts: [
        { cause: "used", calls: 120 },
        { cause: "moved_out", calls: 260, ...ours },
      ],
    },
  ]);
});

test("a rise is a top-up unless an operation of ours made it, and both may stand beside use", () => {
  const events = [
    event("2026-11-24T04:00:00.000Z", 100, 150, theirs),
    event("2026-11-24T03:00:00.000Z", 90, 100, ours),
    event("2026-11-24T02:00:00.000Z", 100, 90, theirs),
  ];
  const [change] = balanceChanges(events, none);
  expect(change?.delta).toBe(50);
  expect(change?.parts.map(({ cause, calls }) => [cause, calls])).toEqual([
    ["used", 10],
    ["topped_up", 50],
    ["moved_in", 10],
  ]);
});

test("days are those of the zone, and each card has its own", () => {
  const events = [
    event("2026-11-24T17:00:00.000Z", 80, 70, theirs),
    event("2026-11-24T15:00:00.000Z", 90, 80, theirs),
    event("2026-11-24T15:00:00.000Z", 9, 8, theirs, "b"),
  ];
  expect(balanceChanges(events, none).map(({ cardId, day, delta }) => [cardId, day, delta])).toEqual([
    ["a", "2026-11-25", -10],
    ["a", "2026-11-24", -10],
    ["b", "2026-11-24", -1],
  ]);
});

test("where older events were not read the oldest day says that there were more", () => {
  const events = [event("2026-11-25T02:00:00.000Z", 80, 70, theirs), event("2026-11-24T02:00:00.000Z", 90, 80, theirs)];
  const changes = balanceChanges(events, { ...none, cut: new Set(["a"]) });
  expect(changes.map(({ day, partial }) => [day, partial])).toEqual([
    ["2026-11-25", false],
    ["2026-11-24", true],
  ]);
});
