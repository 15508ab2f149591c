/** What failed in the last poll, as a message key with the upstream's message. */
export type TryError = { key: string; details: string | null };

/** One good reading of the Talk-Bot account. Decimals with six places, exact. */
export type BillingNumbers = {
  remainingPoints: string;
  points: string;
  remainingAmount: string;
  amount: string;
};

export type BillingView = {
  configured: boolean;
  /** The last good reading, even if later polls failed; null before the first. */
  numbers: BillingNumbers | null;
  /** When `numbers` were read (ISO). */
  readAt: string | null;
  /** The used share of everything bought, 0–1 in steps of 0.0001; null when nothing was bought. */
  usedShare: number | null;
  lastPolledAt: string | null;
  /** Why the last poll failed; null when it succeeded. */
  error: TryError | null;
  /** Older than three intervals: no longer current. */
  stale: boolean;
  low: { unit: "amount" | "points"; below: string };
  /** Less left than `low`. */
  warning: boolean;
};

type BillingPoint = { at: string; remainingAmount: string; remainingPoints: string };
/** Oldest first, at most 200 points: the last reading of each period. */
export type BillingHistoryView = { from: string; to: string; points: BillingPoint[] };

export type UsageDay = { day: string; cost: string };
export type UsageModel = {
  name: string;
  cost: string;
  share: number | null;
  promptTokens: number;
  completionTokens: number;
};
export type UsageView = {
  /** Every Beijing day of the window, oldest first; a day without usage is "0.000000". */
  days: UsageDay[];
  /** Highest cost first. */
  models: UsageModel[];
  total: string;
  /** When usage was last read completely (ISO); null before the first time, when `days` is empty. */
  readAt: string | null;
  error: TryError | null;
};

/** Days of history on screen. */
export const BILLING_DAYS = 30;

/** Days until nothing is left, and the range; null days: at that pace never. "collecting": `days` observed so far. */
export type RunOutView =
  | { state: "collecting"; days: number }
  | { state: "known"; days: number | null; from: number | null; to: number | null };
export type ForecastView = { points: RunOutView; amount: RunOutView; needsDays: number };
