import { expect, test } from "vitest";
import type { TimelineEntry, TimelineEvent } from "@/lib/timeline/types";
import { foldUse } from "./fold-use";

let made = 0;
const entry = (at: string, event: TimelineEvent, cardId = "a"): TimelineEntry => ({
  source: "changes",
  id: String(++made),
  at,
  cardId,
  event,
});
const balance = (before: number | null, after: number | null): TimelineEvent => ({ kind: "balance", before, after });
const shown = (entries: TimelineEntry[]) =>
  foldUse(entries, "Asia/Shanghai").map(({ event, readings }) =>
    event.kind === "balance" ? [event.before, event.after, readings] : [event.kind, readings],
  );

test("what was used in one day, reading after reading, is one row that stands where the newest stood", () => {
  const entries = [
    entry("2026-09-21T06:00:00.000000Z", balance(90, 88)),
    entry("2026-09-21T05:00:00.000000Z", balance(95, 90)),
    entry("2026-09-21T04:00:00.000000Z", balance(100, 95)),
  ];
  expect(shown(entries)).toEqual([[100, 88, 3]]);
  expect(foldUse(entries)[0]).toMatchObject({ id: entries[0]?.id, at: entries[0]?.at });
});

test("the day is that of the display zone", () => {
  // 23:59 of the 21st and 00:01 of the 22nd in Shanghai.
  const [late, early] = ["2026-09-21T16:01:00.000000Z", "2026-09-21T15:59:00.000000Z"];
  expect(shown([entry(late, balance(90, 88)), entry(early, balance(95, 90))])).toEqual([
    [90, 88, 1],
    [95, 90, 1],
  ]);
});

test.each([
  ["something else between", [balance(90, 88), { kind: "type", before: "1", after: "2" }, balance(95, 90)]],
  ["a top-up", [balance(90, 88), balance(80, 90)]],
  ["a gap, where an operation of ours stands in another list", [balance(90, 88), balance(105, 100)]],
  ["a balance that was not known", [balance(90, 88), balance(null, 90)]],
] satisfies [string, TimelineEvent[]][])("%s is told apart", (_, events) => {
  const at = "2026-09-21T06:00:00.000000Z";
  expect(foldUse(events.map((event) => entry(at, event)))).toHaveLength(events.length);
});

test("two cards of a customer are told apart", () => {
  const at = "2026-09-21T06:00:00.000000Z";
  expect(shown([entry(at, balance(90, 88)), entry(at, balance(95, 90), "b")])).toHaveLength(2);
});
