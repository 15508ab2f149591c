import { expect, test } from "vitest";
import { settingDefaults } from "@/lib/settings/schemas";
import type { OperationRow } from "../journal/transition-operation";
import { destroyKind } from "../kinds/destroy/destroy-kind";
import { transferKind } from "../kinds/transfer/transfer-kind";
import type { CardSnapshot } from "../operation";
import { measureDrafts } from "./measure-drafts";

const settings = {
  ...settingDefaults,
  step_up: { calls: 1_000, keys: 200, minutes: 10 },
  typed_phrase: { transferCalls: 5_000, destroyCards: 5 },
  reason_required: { calls: 6_000, cards: 6, keys: 200 },
};
const card = (balance: CardSnapshot["balance"]): CardSnapshot => ({
  id: "a",
  code: "b",
  phone: null,
  userName: null,
  type: "1",
  balance,
});
const draft = (params: OperationRow["params"], previewedTogether: number | null = 1) =>
  ({ params, previewedTogether }) as OperationRow;
const transfer = (amount: number) => draft({ kind: "transfer", source: card(9_999), target: card(0), amount });
const destroy = (balance: CardSnapshot["balance"], together?: number | null) =>
  draft({ kind: "destroy", card: card(balance) }, together);
const many = (count: number, ...of: Parameters<typeof destroy>) => Array.from({ length: count }, () => destroy(...of));

test.each([
  [1, false, null],
  [1_000, false, null],
  [1_001, true, null],
  [4_999, true, null],
  [5_000, true, 5_000],
])("a transfer of %i calls: proof %s, phrase %s", (amount, large, toType) => {
  expect(measureDrafts(transferKind, [transfer(amount)], settings)).toMatchObject({ large, toType });
});

test.each([
  ["an empty card", [destroy(0)], false, null],
  ["a card with what may be moved", [destroy(1_000)], false, null],
  ["a card with more", [destroy(1_001)], true, null],
  ["cards that have more together", many(2, 600), true, null],
  ["an unlimited card", [destroy("unlimited")], true, null],
  ["a card nobody knows the balance of", [destroy(null)], true, null],
  ["four of four", many(4, 0, 4), false, null],
  ["one of a preview of five", [destroy(0, 5)], true, 5],
  ["ten of a preview of 25", many(10, 0, 25), true, 25],
  ["five that were previewed one by one", many(5, 0, 1), true, 5],
  ["a draft from before that was counted", [destroy(0, null)], false, null],
])("destroying %s: proof %s, phrase %s", (_, drafts, large, toType) => {
  expect(measureDrafts(destroyKind, drafts, settings)).toMatchObject({ large, toType });
});

test("nothing left to confirm asks for nothing", () => {
  expect(measureDrafts(destroyKind, [], settings)).toEqual({ large: false, toType: null, noteMissing: false });
});

const noted = (drafts: OperationRow[], note: string | null) => drafts.map((row) => ({ ...row, note }));

test.each([
  ["a transfer below", transferKind, [transfer(5_999)], false],
  ["a transfer from there on", transferKind, [transfer(6_000)], true],
  ["a transfer with a note", transferKind, noted([transfer(6_000)], "换卡"), false],
  ["a transfer with an empty note", transferKind, noted([transfer(6_000)], ""), true],
  ["five cards of five", destroyKind, many(5, 0, 5), false],
  ["one card of a preview of six", destroyKind, [destroy(0, 6)], true],
  ["six cards that were previewed one by one", destroyKind, many(6, 0, 1), true],
  ["six cards, one of them without", destroyKind, [...noted(many(5, 0, 6), "清理"), destroy(0, 6)], true],
  ["six cards with a note", destroyKind, noted(many(6, 0, 6), "清理"), false],
] as const)("%s: a note is missing", (_, kind, drafts, noteMissing) => {
  expect(measureDrafts<null>(kind, drafts, settings).noteMissing).toBe(noteMissing);
});
