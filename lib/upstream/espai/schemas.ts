import { z } from "zod";

/**
 * ESP-AI's envelopes, as its documents write them. Only the envelope is held to a schema: rows are read one by one and
 * tolerantly in reshape.ts, because one odd row must not drop a list of thousands.
 */
export const espaiSuccess = z.object({ success: z.literal(true), message: z.string() });

export const espaiFailure = z.object({
  success: z.literal(false),
  message: z.string().catch(""),
  code: z.union([z.number(), z.string()]).nullish().catch(null),
});
