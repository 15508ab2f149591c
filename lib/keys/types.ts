export const BATCH_STATES = ["generating", "paused", "done", "cancelled"] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** Why a batch is paused: message keys under "keys.paused". */
export type PausedReason =
  | "by_user"
  | "two_unknown"
  | "too_many_keys"
  | "foreign_keys"
  | "key_refused"
  | "no_permission"
  | "signature_refused"
  | "clock_skew"
  | "refused"
  | "unreachable"
  | "not_configured"
  | "writes_paused"
  | "creator_not_allowed"
  | "short_answers"
  | "wrong_type"
  | "unreadable_keys"
  | "restored";

export const MAX_KEYS_PER_BATCH = 10_000;
/** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
export const KEY_TYPES = [0, 1, 2, 3, 4, 5] as const;
export type KeyType = (typeof KEY_TYPES)[number];
export const isKeyType = (value: unknown): value is KeyType => KEY_TYPES.some((type) => type === value);

/** The message that names a key type, under "types.key"; it takes the type as `type`, for one that is not documented. */
export const keyTypeKey = (type: number): KeyType | "unknown" => (isKeyType(type) ? type : "unknown");

/** What became of a key, as PotatoCloud's list last showed it; "unseen" while it has not shown the key. */
export const KEY_STATUSES = ["unused", "used", "deleted", "unseen"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** Which keys of a batch: for the table and for what is exported from it. */
export type KeyFilter = { flagged: boolean; status: KeyStatus | null };

export function keyStatusOf({ used, deleted }: { used: boolean | null; deleted: boolean | null }): KeyStatus {
  if (deleted) return "deleted";
  if (used === null) return "unseen";
  return used ? "used" : "unused";
}

/**
 * An app key and how much is sealed with it. "old": only opens; with nothing left it may go. "missing": something is sealed
 * with a key that is not configured, and can't be read.
 */
export type AppKeyUse = {
  tag: string;
  state: "newest" | "old" | "missing";
  sealed: number;
  /** Audit records whose HMAC is made with it: without the key nobody can check them. */
  auditRecords: number;
};

/** Keys that were looked for, by their last 4; `whole`: those given in full, as they were given. */
export type FoundKeys = {
  rows: { id: string; last4: string; keyType: number; batchId: string }[];
  total: number;
  whole: string[];
};

/** Batches that were looked for. `byNote`: all of them by their note, so the batch table can show them. */
export type FoundBatches = {
  rows: { id: string; keyType: number; wanted: number; note: string; state: BatchState }[];
  total: number;
  byNote: boolean;
};
