import { z } from "zod";

/** PotatoCloud's envelope. `code` is documented as a string; a number is taken alike. */
export const potatoEnvelope = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()),
  message: z.string().nullish().catch(null),
  status: z.unknown().optional(),
  data: z.unknown().optional(),
  time: z.unknown().optional(),
  sign: z.unknown().optional(),
});

export type PotatoEnvelope = z.output<typeof potatoEnvelope>;
