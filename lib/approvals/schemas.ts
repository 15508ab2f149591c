import { z } from "zod";
import { pagingShape } from "@/lib/core/schemas";
import { storableText } from "@/lib/format/storable-text";
import { createBatchSchema } from "@/lib/keys/schemas";
import { MAX_REFERENCE } from "@/lib/operations/types";
import { RESET_KINDS } from "@/lib/users/schemas";
import { APPROVAL_STATES, MAX_REASON } from "./types";

const requiredReason = z
  .string({ error: "required" })
  .trim()
  .min(1, { error: "required" })
  .min(3, { error: "too_short" })
  .max(MAX_REASON, { error: "too_long" })
  .transform(storableText);

const optionalLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, { error: "too_long" })
    .transform((text) => storableText(text) || null)
    .nullable()
    .default(null);

const approvalId = z.uuid();

/**
 * Operations are named by the ids of their drafts; a batch that does not exist yet by all that it would be; a reset by
 * whose account it is.
 */
export const requestApprovalSchema = z.strictObject({
  subject: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("operation"), operationIds: z.array(z.uuid()).min(1).max(200) }),
    z.strictObject({ kind: z.literal("batch"), batch: createBatchSchema }),
    z.strictObject({ kind: z.enum(RESET_KINDS), userId: z.uuid() }),
  ]),
  reason: requiredReason,
  reference: optionalLine(MAX_REFERENCE),
});

export const decideApprovalSchema = z.discriminatedUnion("decision", [
  z.strictObject({ decision: z.literal("approve"), approvalId, reason: optionalLine(MAX_REASON) }),
  z.strictObject({ decision: z.literal("refuse"), approvalId, reason: requiredReason }),
]);

export const getApprovalSchema = z.strictObject({ approvalId });

export const listApprovalsSchema = z.strictObject({
  state: z.enum(APPROVAL_STATES).nullable().default(null),
  ...pagingShape,
});
