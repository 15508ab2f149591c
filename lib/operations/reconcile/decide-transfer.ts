import type { Balance } from "@/lib/cards/types";
import type { TransferBaseline } from "../explain-transfer";

/**
 * What one later reading says of a transfer whose answer never came.
 * `pending`: it has not happened so far, take the reading as the new baseline and read on.
 */
export type TransferVerdict = "applied" | "not_applied" | "pending" | "undecided" | "conflict" | "unreadable";

/**
 * Two hypotheses against one reading. `baseline` was read before the call (or is a later reading at which the transfer
 * had not happened), `amount` is L. End users only consume, so balances fall by themselves and never rise:
 * "not applied" is possible iff s ≤ s₀ and t ≤ t₀; "applied" is possible iff s ≤ s₀ − L and t ≤ t₀ + L.
 * `quiet` is whether the reading lies at least the quiet period after the call ended: only then is "not applied" final,
 * because before that the upstream may still be about to act.
 */
export function decideTransfer(
  baseline: TransferBaseline,
  amount: number,
  reading: { source: Balance; target: Balance },
  quiet: boolean,
): TransferVerdict {
  const { source: s, target: t } = reading;
  if (typeof s !== "number" || typeof t !== "number") return "unreadable";
  const notApplied = s <= baseline.source && t <= baseline.target;
  const applied = s <= baseline.source - amount && t <= baseline.target + amount;
  if (applied && notApplied) return "undecided";
  if (applied) return "applied";
  if (notApplied) return quiet ? "not_applied" : "pending";
  return "conflict";
}
