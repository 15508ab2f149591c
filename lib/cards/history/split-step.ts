/** A balance event with numbers on both sides. */
export type NumericChange = { before: number; after: number };

/** Our own change of a balance, and what the upstream did besides: its use and top-ups. */
export type SplitStep = {
  /** The balance right after our step alone. */
  middle: number;
  /** Calls used, by the split and as it was counted before it. */
  used: number;
  usedBefore: number;
};

type Step = {
  /** Calls our operation adds; negative on a transfer's source. */
  calls: number;
  /** The balance before the call; use only lowers it, so our step starts from no more than this. */
  baseline: number;
};

/**
 * Take our step out of a change that was read. Null: the change can't contain it. A source falls by the amount or more; a
 * target rises, by less than the amount if it was used meanwhile.
 */
export function splitStep({ before, after }: NumericChange, { calls, baseline }: Step): SplitStep | null {
  const middle = before + calls;
  const fits = before <= baseline && (calls < 0 ? after <= middle : after > before);
  if (!fits) return null;
  return { middle, used: Math.max(0, middle - after), usedBefore: Math.max(0, before - after) };
}
