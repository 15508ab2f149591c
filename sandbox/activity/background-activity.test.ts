import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_CREDENTIALS } from "../core/credentials.ts";
import { defaultOptions } from "../core/options.ts";
import type { CardRow } from "../store/card-row.ts";
import { SOURCE_ID, TARGET_ID } from "../store/documented-cards.ts";
import type { JournalRow } from "../store/journal.ts";
import { seedStore } from "../store/seed-store.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { BackgroundActivity } from "./background-activity.ts";

let state: UpstreamState;
let activity: BackgroundActivity;
let changes = 0;
beforeEach(() => {
  vi.useFakeTimers();
  changes = 0;
  state = {
    store: seedStore({ seed: 1, cards: 50, keys: 0 }, 1_795_000_000_000),
    options: defaultOptions(),
    credentials: DEFAULT_CREDENTIALS,
    nonces: new Map(),
    nextSequence: () => 1,
  };
  activity = new BackgroundActivity(state, () => {
    changes += 1;
  });
});
afterEach(() => vi.useRealTimers());

function card(id: string): CardRow {
  const found = state.store.cards.get(id);
  if (!found) throw new Error(`no card ${id}`);
  return found;
}
const balances = () => [card(SOURCE_ID).api_limit, card(TARGET_ID).api_limit];
const consumedIn = (row: JournalRow) =>
  row.changes.reduce((sum, change) => sum + (change.kind === "balance" ? change.from - change.to : 0), 0);

test("end users consume, never below zero", () => {
  activity.consume(card(SOURCE_ID), 30);
  activity.consume(card(TARGET_ID), 1000);
  expect(balances()).toEqual([470, 0]);
  expect([state.store.consumed, changes]).toEqual([150, 2]);
  expect(state.store.journal).toMatchObject([{ actor: "consumer", kind: "consume" }, { actor: "consumer" }]);
});

test("a second operator transfers by the same rules, and cards are topped up", () => {
  activity.transfer(card(SOURCE_ID), card(TARGET_ID), 100);
  activity.topUp(card(TARGET_ID), 5);
  expect(balances()).toEqual([400, 225]);
  const refused = activity.transfer(card(SOURCE_ID), card(TARGET_ID), 401);
  expect(refused).toMatchObject({ actor: "second_operator", refusal: "额度不足", changes: [] });
});

test("an unlimited card can't be consumed or topped up", () => {
  card(SOURCE_ID).api_limit = "不限次数";
  expect(() => activity.topUp(card(SOURCE_ID), 5)).toThrow("that card is unlimited");
});

test("random consumption goes on until it is stopped, and the journal accounts for all of it", () => {
  activity.run({ perSecond: 500, seed: 4 });
  vi.advanceTimersByTime(1000);
  expect(activity.running).toEqual({ perSecond: 500, seed: 4 });
  activity.run({ perSecond: 0, seed: 4 });
  expect(activity.running).toBeNull();
  const { journal, consumed } = state.store;
  const rows = journal.length;
  expect(rows).toBeGreaterThan(100);
  expect(journal.reduce((sum, row) => sum + consumedIn(row), 0)).toBe(consumed);
  vi.advanceTimersByTime(1000);
  expect(journal).toHaveLength(rows);
});

test("random consumption keeps to the given cards, and does nothing without any", () => {
  activity.run({ perSecond: 100, seed: 4, cards: [SOURCE_ID] });
  vi.advanceTimersByTime(1000);
  expect(new Set(state.store.journal.map((row) => (row.params as { id: string }).id))).toEqual(new Set([SOURCE_ID]));
  const rows = state.store.journal.length;
  activity.run({ perSecond: 100, seed: 4, cards: [] });
  vi.advanceTimersByTime(1000);
  expect(state.store.journal).toHaveLength(rows);
});
