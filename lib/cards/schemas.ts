import "server-only";
import { z } from "zod";
import { daySchema, pagingShape } from "@/lib/core/schemas";
import { CARD_SORTS, GONE_CHOICES } from "./types";

const text = z.string().trim().min(1).max(64, { error: "too_long" });
const calls = z.int({ error: "not_a_number" }).min(0).max(Number.MAX_SAFE_INTEGER);

const cardFilterSchema = z.strictObject({
  id: text
    .regex(/^[0-9a-fA-F]+$/, { error: "bad_format" })
    .max(32)
    .optional(),
  code: text.optional(),
  name: text.optional(),
  phone: text.regex(/\d/, { error: "bad_format" }).optional(),
  types: z.array(z.string().max(16)).max(50).optional(),
  balanceMin: calls.optional(),
  balanceMax: calls.optional(),
  createdFrom: daySchema.optional(),
  createdTo: daySchema.optional(),
  redeemed: z.boolean().optional(),
  empty: z.boolean().optional(),
  gone: z.enum(GONE_CHOICES).optional(),
});

const sort = z.strictObject({ id: z.enum(CARD_SORTS), desc: z.boolean() });

/** A page past the end is clamped by the verb, a size that is not offered is refused. */
export const cardQuerySchema = z.strictObject({
  filter: cardFilterSchema,
  sort,
  ...pagingShape,
});

export const cardIdsSchema = z.strictObject({ filter: cardFilterSchema });

export const cardIdSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const revealSchema = z.strictObject({ id: z.string().min(1).max(64), field: z.enum(["phone", "code"]) });

export const findSchema = z.strictObject({ text: z.string().max(200, { error: "too_long" }) });

/** At most this many ids may be selected one by one; more is a filter. */
export const MAX_SELECTED = 10_000;

export const exportSchema = z.strictObject({
  format: z.enum(["csv", "xlsx", "txt"]),
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("selected"), ids: z.array(z.string().min(1).max(64)).min(1).max(MAX_SELECTED) }),
    z.strictObject({ kind: z.literal("filtered"), filter: cardFilterSchema, sort }),
    z.strictObject({ kind: z.literal("all") }),
  ]),
});

export type RevealInput = z.output<typeof revealSchema>;
export type ExportInput = z.output<typeof exportSchema>;
