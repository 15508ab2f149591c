import { z } from "zod";
import { daySchema, pagingShape } from "@/lib/core/schemas";
import { storableText } from "@/lib/format/storable-text";
import { isCardText } from "./card-text";
import { OUTCOMES } from "./types";

/** Filters of the audit page. Days are calendar days in the console's zone, both included. */
export const auditFilterSchema = z.strictObject({
  /** A whole name, in any case. */
  actor: z.string().trim().max(64).transform(storableText).default(""),
  /** "user.created", or "user" for every action on users. */
  action: z
    .string()
    .max(64)
    .regex(/^([a-z_]+(\.[a-z_]+)?)?$/, { error: "bad_choice" })
    .default(""),
  /** A whole id, or a user's whole name. */
  target: z.string().trim().max(128).transform(storableText).default(""),
  /** A card's whole id or code, or the whole phone it belongs to. */
  card: z.string().trim().max(64).refine(isCardText, { error: "bad_format" }).default(""),
  /** A whole address. */
  ip: z.string().trim().max(64).transform(storableText).default(""),
  outcome: z.enum(OUTCOMES).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
});

export const listAuditSchema = auditFilterSchema.extend(pagingShape);

export type AuditFilter = z.output<typeof auditFilterSchema>;
