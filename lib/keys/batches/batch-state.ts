export const BATCH_STATES = ["generating", "paused", "done", "cancelled"] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** Why a batch paused by itself or was paused: message keys under "keys.paused". */
export type PausedReason =
  | "by_user"
  | "two_unknown"
  | "too_many_keys"
  | "key_refused"
  | "no_permission"
  | "signature_refused"
  | "refused"
  | "unreachable"
  | "not_configured"
  | "writes_paused"
  | "short_answers"
  | "wrong_type"
  | "unreadable_keys";

export const MAX_KEYS_PER_BATCH = 10_000;
