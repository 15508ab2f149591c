import type { Balance } from "@/lib/cards/types";
import type { Verdict } from "../../operation-kind";
import type { TransferBaseline } from "./explain-transfer";

type Input = {
  /** Read before the call, or a later reading at which the transfer had not happened. */
  baseline: TransferBaseline;
  amount: number;
  reading: { source: Balance; target: Balance };
  /** The reading was begun at least the quiet period after the call ended. */
  quietPeriodOver: boolean;
};

/**
 * What one later reading says of a transfer whose answer never came: two hypotheses against one reading (s, t), with
 * s₀, t₀ the baseline and L the amount. End users only consume, so balances fall by themselves and never rise:
 * "not applied" is possible iff s ≤ s₀ and t ≤ t₀; "applied" is possible iff s ≤ s₀ − L and t ≤ t₀ + L.
 * "Not applied" is final only after the quiet period, because before that the upstream may still be about to act.
 */
export function decideTransfer({ baseline, amount, reading, quietPeriodOver }: Input): Verdict {
  const { source: s, target: t } = reading;
  if (typeof s !== "number" || typeof t !== "number") return "unreadable";
  const notApplied = s <= baseline.source && t <= baseline.target;
  const applied = s <= baseline.source - amount && t <= baseline.target + amount;
  if (applied && notApplied) return "undecided";
  if (applied) return "applied";
  if (notApplied) return quietPeriodOver ? "not_applied" : "pending";
  return "conflict";
}
