import type { Balance } from "@/lib/upstream";

/** The documented types; the upstream may send others. */
const CARD_TYPES = ["0", "1", "2", "3", "4", "5"] as const;

/** The message that names a card type, under "types.card"; its parameter `type` is for an undocumented one. */
export const cardTypeKey = (type: string): (typeof CARD_TYPES)[number] | "unknown" =>
  CARD_TYPES.find((known) => known === type) ?? "unknown";

export const PAID_TYPES: readonly string[] = ["1", "2", "3", "4", "5"];
const TRIAL_TYPE = "0";

const isPaid = (type: string): boolean => PAID_TYPES.includes(type);

/** The parts of a card the rules use. The phone may be masked: only its presence counts. */
export type RuledCard = { id: string; type: string; balance: Balance; phone: string | null; gone?: boolean };

type ProblemKey =
  | "gone"
  | "trial_card"
  | "unknown_type"
  | "not_redeemed"
  | "unlimited"
  | "unknown_balance"
  | "nothing_left"
  | "balance_not_zero"
  | "insufficient"
  | "amount_not_integer"
  | "amount_too_small"
  | "same_card";

/** Why an operation is not possible: a message under "cards.problem", and which card of a transfer it is about. */
export type Problem = { key: ProblemKey; side?: "source" | "target"; params?: Record<string, string | number> };

/**
 * Every problem of a transfer; empty when it is possible. Omit what is not chosen yet. Both cards must be paid and
 * redeemed (the upstream requires phone and code of both; source: ESP-AI, /cdkey/transfer). Both balances must be
 * numbers: otherwise an unknown outcome could never be resolved.
 */
export function transferProblems(input: { source: RuledCard; target?: RuledCard; amount?: number }): Problem[] {
  const { source, target, amount } = input;
  const problems = [...partyProblems(source, "source"), ...(target ? partyProblems(target, "target") : [])];
  if (target && target.id === source.id) problems.push({ key: "same_card", side: "target" });
  if (typeof source.balance === "number") problems.push(...amountProblems(source.balance, amount));
  return problems;
}

/** Every problem of destroying a card: it must be paid and its balance exactly 0. */
export function destroyProblems(card: RuledCard): Problem[] {
  const problems = kindProblems(card);
  if (typeof card.balance !== "number") problems.push(balanceProblem(card.balance));
  else if (card.balance !== 0) problems.push({ key: "balance_not_zero", params: { balance: card.balance } });
  return problems;
}

function partyProblems(card: RuledCard, side: "source" | "target"): Problem[] {
  const problems = kindProblems(card);
  if (card.phone === null) problems.push({ key: "not_redeemed" });
  if (typeof card.balance !== "number") problems.push(balanceProblem(card.balance));
  return problems.map((problem) => ({ ...problem, side }));
}

function kindProblems(card: RuledCard): Problem[] {
  const problems: Problem[] = card.gone ? [{ key: "gone" }] : [];
  if (card.type === TRIAL_TYPE) problems.push({ key: "trial_card" });
  else if (!isPaid(card.type)) problems.push({ key: "unknown_type", params: { type: card.type } });
  return problems;
}

const balanceProblem = (balance: "unlimited" | null): Problem => ({
  key: balance === "unlimited" ? "unlimited" : "unknown_balance",
});

function amountProblems(balance: number, amount: number | undefined): Problem[] {
  if (balance < 1) return [{ key: "nothing_left", side: "source" }];
  if (amount === undefined) return [];
  if (!Number.isSafeInteger(amount)) return [{ key: "amount_not_integer" }];
  if (amount < 1) return [{ key: "amount_too_small" }];
  return amount > balance ? [{ key: "insufficient", side: "source", params: { balance, amount } }] : [];
}
