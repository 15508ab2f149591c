import type { UnreadableRow } from "../types";

/** All in micro-units (1 = 1,000,000): exact, six places, never a float. */
export type TalkbotBilling = {
  remainingPoints: bigint;
  points: bigint;
  remainingAmount: bigint;
  amount: bigint;
};

export type TalkbotUsageRow = {
  /** Model, e.g. "gpt-3.5-turbo". */
  name: string;
  /** Micro-units; null when unreadable. */
  cost: bigint | null;
  completionTokens: number | null;
  promptTokens: number | null;
  number: number | null;
  createdAt: Date | null;
};

export type UsageList = {
  rows: TalkbotUsageRow[];
  unreadable: UnreadableRow[];
  /** Rows in all, as the upstream says; null when missing. */
  total: number | null;
};

export type ReadUsageInput = {
  /** From 1. */
  page: number;
  size: number;
  /** yyyy-MM-dd, Beijing. */
  startDate: string;
};
