import type { OperationKind } from "@/lib/operations/types";
import type { SyncView } from "../types";

/** Cards of one type that are there (not gone). Unlimited and unknown balances are counted apart, never summed as 0. */
export type TypeTotal = {
  /** As the upstream says it. */
  type: string;
  cards: number;
  /** Cards whose balance is a number, and the sum of those. */
  counted: number;
  balance: number;
  unlimited: number;
  unknown: number;
};

/** Paid cards with a numeric balance from `from` to `to` calls, both included; `to` null is open. */
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
  /** Balance over what the product is sold with, 0–1. */
  share: number;
};
export type LowCardsView = {
  /** Paid cards of known size at 1 to 10 % of it, and those at exactly 0. */
  low: number;
  empty: number;
  /** The emptiest ones that still have calls left. */
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
  /** Asked for in chunks whose outcome is unknown. */
  unknown: number;
};

export type OverviewView = {
  /** Whether this process has the keys of ESP-AI. */
  configured: boolean;
  types: TypeTotal[];
  balances: BalanceView;
  low: LowCardsView;
  unknownOperations: UnknownOperationsView;
  batches: RunningBatch[];
  sync: SyncView | null;
  /** When the mirror was last read whole (ISO); null before the first time. */
  mirrorAsOf: string | null;
  mirrorError: { key: string; details: string | null } | null;
};
