import type { Verdict } from "../operation-kind";

type Evaluation = {
  /** The reading becomes the new baseline: the operation had certainly not happened when it was taken. */
  rebaseline: boolean;
  /** Final, if not null. */
  resolution: "applied" | "not_applied" | null;
  needsManualResolution: "conflict" | "undecidable" | null;
  /** Whether further readings may still tell. */
  keepPolling: boolean;
};

type Input = {
  /** What the reading says. */
  verdict: Verdict;
  /** What the reading before this one said; null if there was none. */
  lastConclusion: string | null;
  /** The reading was begun at least the quiet period after the call ended. */
  quietPeriodOver: boolean;
};

/**
 * What follows from one reading of an unknown operation. Pure: the reconciler and the simulation that proves the rule
 * (decide-transfer.property.test.ts) both take this step.
 */
export function evaluateReading({ verdict, lastConclusion, quietPeriodOver }: Input): Evaluation {
  const resolution = verdict === "applied" || verdict === "not_applied" ? verdict : null;
  // Consumption alone never makes a conflict, but another writer may; a single contradiction is not yet a conflict.
  const conflict = verdict === "conflict" && lastConclusion === "conflict";
  const overdue = quietPeriodOver && (verdict === "undecided" || verdict === "unreadable");
  return {
    rebaseline: verdict === "pending",
    resolution,
    needsManualResolution: conflict ? "conflict" : overdue ? "undecidable" : null,
    keepPolling: resolution === null && !conflict && !(quietPeriodOver && verdict === "undecided"),
  };
}
