import { z } from "zod";
import { OUTCOMES } from "./types";

const day = z.iso.date();

/** Filters of the audit page. Days are calendar days in the console's zone, both included. */
export const auditFilterSchema = z.strictObject({
  /** Part of a name. */
  actor: z.string().trim().max(64).default(""),
  /** "user.created", or "user" for all of that noun. */
  action: z
    .string()
    .max(64)
    .regex(/^([a-z_]+(\.[a-z_]+)?)?$/, { error: "bad_choice" })
    .default(""),
  /** A whole id, or a user's whole name. */
  target: z.string().trim().max(128).default(""),
  outcome: z.enum(OUTCOMES).optional(),
  from: day.optional(),
  to: day.optional(),
});

export const listAuditSchema = auditFilterSchema.extend({
  page: z.int().min(1).max(100_000).default(1),
  size: z.union([z.literal(20), z.literal(50), z.literal(100), z.literal(200)]).default(50),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;
