import type { OperationKind } from "@/lib/operations/types";
import type { SyncView } from "../types";

/** Listed cards of one type. Unlimited and unknown balances are counted separately, never summed as 0. */
export type TypeTotal = {
  /** As the upstream sends it. */
  type: string;
  cards: number;
  /** Cards with a numeric balance, and their sum. */
  counted: number;
  balance: number;
  unlimited: number;
  unknown: number;
};

/** Paid cards with a balance from `from` to `to` calls, both included; `to` null is open. */
export type BalanceBucket = { from: number; to: number | null; cards: number };
export type BalanceView = { buckets: BalanceBucket[]; unlimited: number; unknown: number };

export type LowCard = {
  id: string;
  /** Last 4 characters. */
  code: string;
  type: string;
  userName: string | null;
  /** Masked. */
  phone: string | null;
  balance: number;
  /** Balance divided by the calls the product is sold with, 0–1. */
  share: number;
};
export type LowCardsView = {
  /** Paid cards of a known product at 1 to 10 % of it, and those at exactly 0. */
  low: number;
  empty: number;
  /** Those with the fewest calls left, without the empty ones. */
  cards: LowCard[];
};

export type UnknownOperationsView = {
  count: number;
  needManualResolution: number;
  oldest: { id: string; kind: OperationKind; sentAt: string } | null;
  /** The oldest is older than 15 minutes. */
  overdue: boolean;
};

export type RunningBatch = {
  id: string;
  keyType: number;
  note: string;
  state: "generating" | "paused";
  wanted: number;
  made: number;
  /** In chunks of unknown outcome. */
  unknown: number;
};

/** What changed since the beginning of yesterday. A count above `most` says "more than". */
export type RecentChangesView = {
  /** Yesterday in the display zone. */
  day: string;
  /** Our transfers and destroys that happened. */
  moved: number;
  destroyed: number;
  /** Listed cards that were made since. */
  created: number;
  /** Cards that left the upstream's list, and cards that were used up, not by us. */
  gone: number;
  emptied: number;
  most: number;
  /** When the first sync ended, if that was later: what was before it can't be known. */
  begunAt: string | null;
};

export type OverviewView = {
  /** Whether this process has an ESP-AI key. */
  configured: boolean;
  types: TypeTotal[];
  balances: BalanceView;
  low: LowCardsView;
  unknownOperations: UnknownOperationsView;
  batches: RunningBatch[];
  recent: RecentChangesView;
  sync: SyncView | null;
  /** When the mirror was last read completely (ISO); null before the first time. */
  mirrorAsOf: string | null;
  mirrorError: { key: string; details: string | null } | null;
};
