import { z } from "zod";

/** Talk-Bot's envelope; `code` 200 is success, 401 a wrong or missing key. */
export const talkbotEnvelope = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()),
  msg: z.string().nullish().catch(null),
  data: z.unknown().optional(),
  total: z.unknown().optional(),
});
