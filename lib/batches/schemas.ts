import { z } from "zod";

/** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
export const KEY_TYPES = [0, 1, 2, 3, 4, 5] as const;
export type KeyType = (typeof KEY_TYPES)[number];
export const isKeyType = (value: unknown): value is KeyType => KEY_TYPES.some((type) => type === value);

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
/** PotatoCloud makes at most ten keys a call (单次最多10条). */
export const CHUNK_SIZE = 10;

const batchIdSchema = z.uuid();

/** `batchId` was made by the server before the click: the same form sent twice is one batch. */
export const createBatchSchema = z.strictObject({
  batchId: batchIdSchema,
  keyType: z.literal(KEY_TYPES, { error: "bad_choice" }),
  wanted: z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(1, { error: "out_of_range" })
    .max(MAX_KEYS_PER_BATCH, { error: "out_of_range" }),
  note: z.string().trim().max(200, { error: "too_long" }).default(""),
});

export const batchSchema = z.strictObject({ batchId: batchIdSchema });
