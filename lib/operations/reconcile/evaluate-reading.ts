import type { OperationParams, Reading } from "../types";
import { decideDestroy } from "./decide-destroy";
import { decideTransfer, type TransferVerdict } from "./decide-transfer";

export type Evaluation = {
  verdict: TransferVerdict;
  /** The reading is the new baseline: the transfer had certainly not happened when it was taken. */
  rolls: boolean;
  ends: "applied" | "not_applied" | null;
  needsManualResolution: "conflict" | "undecidable" | null;
  /** Whether further readings may still tell. */
  keepPolling: boolean;
};

type Input = {
  params: OperationParams;
  baseline: Reading | null;
  /** What the reading before this one said. */
  last: string | null;
  reading: Reading;
  /** The reading was begun at least the quiet period after the call ended. */
  quiet: boolean;
};

/**
 * What follows from one reading of an unknown transfer or destroy. Pure: the lookout and the simulation that proves the
 * rule (decide-transfer.property.test.ts) both take this step.
 */
export function evaluateReading({ params, baseline, last, reading, quiet }: Input): Evaluation {
  const verdict = verdictOf(params, baseline, reading, quiet);
  const ends = verdict === "applied" || verdict === "not_applied" ? verdict : null;
  // Consumption alone never makes a conflict, but somebody else at work may; one odd answer is not yet a conflict.
  const conflict = verdict === "conflict" && last === "conflict";
  const late = quiet && (verdict === "undecided" || verdict === "unreadable");
  return {
    verdict,
    rolls: verdict === "pending" && reading.kind === "balances",
    ends,
    needsManualResolution: conflict ? "conflict" : late ? "undecidable" : null,
    keepPolling: ends === null && !conflict && !(quiet && verdict === "undecided"),
  };
}

function verdictOf(params: OperationParams, baseline: Reading | null, reading: Reading, quiet: boolean) {
  if (reading.kind === "presence") return decideDestroy(reading, quiet);
  if (params.kind !== "transfer" || reading.kind !== "balances" || baseline?.kind !== "balances") return "undecided";
  const { source, target } = baseline;
  if (typeof source !== "number" || typeof target !== "number") return "undecided";
  return decideTransfer({ source, target }, params.amount, reading, quiet);
}
