/** Calls left on each card before the call. */
export type TransferBaseline = { source: number; target: number };

/** One hypothesis in numbers: what each card would have had, what was used since, or by how much it is impossible. */
export type Explanation = {
  possible: boolean;
  /** Balance right after, under this hypothesis. */
  source: number;
  target: number;
  /** Used by end users since then; negative: the card has more than it could. */
  sourceUsed: number;
  targetUsed: number;
};

/** Both explanations of a reading, with the arithmetic an administrator checks. Pure, shown as it is. */
export function explainTransfer(
  baseline: TransferBaseline,
  amount: number,
  reading: TransferBaseline,
): { applied: Explanation; notApplied: Explanation } {
  const under = (source: number, target: number): Explanation => {
    const sourceUsed = source - reading.source;
    const targetUsed = target - reading.target;
    return { possible: sourceUsed >= 0 && targetUsed >= 0, source, target, sourceUsed, targetUsed };
  };
  return {
    applied: under(baseline.source - amount, baseline.target + amount),
    notApplied: under(baseline.source, baseline.target),
  };
}
