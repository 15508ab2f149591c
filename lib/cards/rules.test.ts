import { describe, expect, test } from "vitest";
import type { RuledCard } from "./rules";
import { cardTypeKey, destroyProblems, transferProblems } from "./rules";

const card = (over: Partial<RuledCard> = {}): RuledCard => ({
  id: "a",
  type: "1",
  balance: 500,
  phone: "15916888888",
  ...over,
});
const other = (over: Partial<RuledCard> = {}) => card({ id: "b", balance: 3, ...over });
const keys = (problems: { key: string; side?: string }[]) =>
  problems.map((problem) => [problem.side, problem.key].filter(Boolean).join(":"));

describe("transfer", () => {
  test.each<[string, Parameters<typeof transferProblems>[0], string[]]>([
    ["all paid types", { source: card({ type: "4" }), target: other({ type: "5" }), amount: 1 }, []],
    ["the whole balance", { source: card(), target: other(), amount: 500 }, []],
    ["to an empty card", { source: card(), target: other({ balance: 0 }), amount: 1 }, []],
    ["nothing chosen yet", { source: card() }, []],
    ["from a trial card", { source: card({ type: "0" }), target: other(), amount: 1 }, ["source:trial_card"]],
    ["to a trial card", { source: card(), target: other({ type: "0" }), amount: 1 }, ["target:trial_card"]],
    [
      "an unknown type",
      { source: card({ type: "9" }), target: other({ type: "" }), amount: 1 },
      ["source:unknown_type", "target:unknown_type"],
    ],
    [
      "from an unlimited card",
      { source: card({ balance: "unlimited" }), target: other(), amount: 1 },
      ["source:unlimited"],
    ],
    [
      "to an unlimited card",
      { source: card(), target: other({ balance: "unlimited" }), amount: 1 },
      ["target:unlimited"],
    ],
    [
      "an unknown balance",
      { source: card({ balance: null }), target: other({ balance: null }), amount: 1 },
      ["source:unknown_balance", "target:unknown_balance"],
    ],
    [
      "cards nobody redeemed",
      { source: card({ phone: null }), target: other({ phone: null }), amount: 1 },
      ["source:not_redeemed", "target:not_redeemed"],
    ],
    ["to itself", { source: card(), target: card(), amount: 1 }, ["target:same_card"]],
    ["more than there is", { source: card(), target: other(), amount: 501 }, ["source:insufficient"]],
    ["nothing left", { source: card({ balance: 0 }), target: other(), amount: 1 }, ["source:nothing_left"]],
    ["a zero amount", { source: card(), target: other(), amount: 0 }, ["amount_too_small"]],
    ["a negative amount", { source: card(), target: other(), amount: -5 }, ["amount_too_small"]],
    ["a broken amount", { source: card(), target: other(), amount: 1.5 }, ["amount_not_integer"]],
    ["no number", { source: card(), target: other(), amount: Number.NaN }, ["amount_not_integer"]],
    ["past exact numbers", { source: card(), target: other(), amount: 2 ** 53 }, ["amount_not_integer"]],
    [
      "gone cards",
      { source: card({ gone: true }), target: other({ gone: true }), amount: 1 },
      ["source:gone", "target:gone"],
    ],
  ])("%s", (_, input, expected) => {
    expect(keys(transferProblems(input))).toEqual(expected);
  });

  test("says how much there is", () => {
    expect(transferProblems({ source: card(), amount: 501 })).toEqual([
      { key: "insufficient", side: "source", params: { balance: 500, amount: 501 } },
    ]);
  });
});

describe("destroy", () => {
  test.each<[string, RuledCard, string[]]>([
    ["a paid empty card", card({ balance: 0 }), []],
    ["a paid empty card nobody redeemed", card({ balance: 0, phone: null }), []],
    ["a card with one call left", card({ balance: 1 }), ["balance_not_zero"]],
    ["a negative balance", card({ balance: -1 }), ["balance_not_zero"]],
    ["an empty trial card", card({ type: "0", balance: 0 }), ["trial_card"]],
    ["an empty card of an unknown type", card({ type: "9", balance: 0 }), ["unknown_type"]],
    ["an unlimited card", card({ type: "5", balance: "unlimited" }), ["unlimited"]],
    ["an unknown balance", card({ balance: null }), ["unknown_balance"]],
    ["a trial card with a balance", card({ type: "0", balance: 3 }), ["trial_card", "balance_not_zero"]],
    ["a gone card", card({ balance: 0, gone: true }), ["gone"]],
  ])("%s", (_, input, expected) => {
    expect(keys(destroyProblems(input))).toEqual(expected);
  });
});

test("a documented card type has a message of its own, any other one shares one", () => {
  expect(["0", "5", "6", "", "01"].map(cardTypeKey)).toEqual(["0", "5", "unknown", "unknown", "unknown"]);
});
