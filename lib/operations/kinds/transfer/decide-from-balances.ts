import type { Reading } from "../../operation";
import type { Verdict } from "../../operation-kind";
import { decideTransfer } from "./decide-transfer";

type Input = { baseline: Reading | null; amount: number; reading: Reading; quietPeriodOver: boolean };

/** What a stored reading says of a transfer, given its stored baseline. Without numbers before the call: undecided. */
export function decideFromBalances({ baseline, amount, reading, quietPeriodOver }: Input): Verdict {
  if (baseline?.kind !== "balances" || reading.kind !== "balances") return "undecided";
  const { source, target } = baseline;
  if (typeof source !== "number" || typeof target !== "number") return "undecided";
  return decideTransfer({ baseline: { source, target }, amount, reading, quietPeriodOver });
}
