import { z } from "zod";
import { daySchema, pagingShape } from "@/lib/core/schemas";
import { storableText } from "@/lib/format/storable-text";
import { BATCH_STATES, KEY_STATUSES, KEY_TYPES, MAX_KEYS_PER_BATCH } from "./types";

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
  note: z.string().trim().max(200, { error: "too_long" }).transform(storableText).default(""),
});

export const batchSchema = z.strictObject({ batchId: batchIdSchema });

export const listBatchesSchema = z.strictObject({
  types: z.array(z.literal(KEY_TYPES)).max(6).default([]),
  states: z.array(z.enum(BATCH_STATES)).max(4).default([]),
  creator: z.string().trim().max(64).default(""),
  note: z.string().trim().max(200).default(""),
  /** Calendar days in the console's zone, both included. */
  from: daySchema.nullable().default(null),
  to: daySchema.nullable().default(null),
  ...pagingShape,
});

export const listChunksSchema = z.strictObject({ batchId: batchIdSchema, ...pagingShape });
const keyFilterShape = {
  flagged: z.boolean().default(false),
  status: z.enum(KEY_STATUSES).nullable().default(null),
};
export const listKeysSchema = z.strictObject({ batchId: batchIdSchema, ...keyFilterShape, ...pagingShape });
export const revealKeySchema = z.strictObject({ keyId: z.uuid(), purpose: z.enum(["show", "copy"]) });
export const exportKeysSchema = z.strictObject({
  batchId: batchIdSchema,
  ...keyFilterShape,
  format: z.enum(["csv", "txt"]),
  purpose: z.enum(["download", "copy"]),
});
