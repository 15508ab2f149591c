import { z } from "zod";
import { daySchema, pagingShape } from "@/lib/core/schemas";
import { storableText } from "@/lib/format/storable-text";
import { MAX_NOTE, MAX_REFERENCE, OPERATION_KINDS, OPERATION_STATES } from "./operation";

const cardId = z.string().regex(/^[0-9a-f]{32}$/i, { error: "bad_format" });

/** What was typed where the size of an operation asks for it. */
const typed = z.string().max(100, { error: "too_long" }).optional();

export const confirmSchema = z.strictObject({ operationId: z.uuid(), typed });

export const confirmManySchema = z.strictObject({ operationIds: z.array(z.uuid()).min(1).max(20), typed });

export const getOperationSchema = z.strictObject({ operationId: z.uuid() });

export const listOperationsSchema = z.strictObject({
  kinds: z.array(z.enum(OPERATION_KINDS)).max(3).default([]),
  states: z.array(z.enum(OPERATION_STATES)).max(10).default([]),
  actor: z.string().trim().max(64).default(""),
  cardId: z.string().max(64).default(""),
  batchId: z.uuid().optional(),
  /** A part of the note, ticket number or a nickname; the beginning of an id; a whole phone or code. */
  text: z.string().trim().max(MAX_NOTE).default(""),
  needsManualResolution: z.boolean().default(false),
  /** Calendar days in the display zone, both included. */
  from: daySchema.nullable().default(null),
  to: daySchema.nullable().default(null),
  ...pagingShape,
});

/** Words of the user's: optional, trimmed, one line each. Too long is an error, never cut. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, { error: "too_long" })
    .transform((text) => storableText(text) || null)
    .optional();

const wordsShape = { note: line(MAX_NOTE), reference: line(MAX_REFERENCE) };

export const describeDraftsSchema = z.strictObject({ operationIds: z.array(z.uuid()).min(1).max(200), ...wordsShape });

export const previewDestroySchema = z.strictObject({
  cardIds: z.array(cardId).min(1, { error: "required" }).max(200, { error: "out_of_range" }),
  retryOf: z.uuid().optional(),
  /** The merging transfer that emptied the one card. */
  mergeOf: z.uuid().optional(),
  ...wordsShape,
});

export const previewTransferSchema = z
  .strictObject({
    sourceId: cardId,
    targetId: cardId,
    /** Whole calls, at least 1 (upstream: /cdkey/transfer `limit`). Not of a merge: that is of all there is. */
    amount: z.int({ error: "not_a_number" }).min(1, { error: "out_of_range" }).optional(),
    /** All that the source has when it is read, so that it can be destroyed afterwards. */
    merges: z.boolean().optional(),
    retryOf: z.uuid().optional(),
    /** The transfer that this one gives back. */
    reverses: z.uuid().optional(),
    ...wordsShape,
  })
  .refine(({ amount, merges }) => (amount === undefined) === (merges === true), { error: "required", path: ["amount"] })
  .refine(({ merges, reverses }) => !merges || !reverses, { error: "bad_choice", path: ["merges"] });

export const settleSchema = z.strictObject({
  operationId: z.uuid(),
  as: z.enum(["applied", "not_applied"], { error: "bad_choice" }),
  reason: z
    .string({ error: "required" })
    .trim()
    .min(1, { error: "required" })
    .min(3, { error: "too_short" })
    .max(500, { error: "too_long" })
    .transform(storableText),
});
