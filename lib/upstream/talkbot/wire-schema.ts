import { z } from "zod";

/** Talk-Bot's envelope; `code` 200 is success, 401 a wrong or missing key. */
export const talkbotEnvelope = z.object({
  code: z.union([z.string(), z.number()]).transform((code) => String(code).trim()),
  msg: z.string().nullish().catch(null),
  data: z.unknown().optional(),
  total: z.unknown().optional(),
});

/** All in micro-units (1 = 1,000,000): exact, six places, never a float. */
export type TalkbotBilling = {
  remainingPoints: bigint;
  points: bigint;
  remainingAmount: bigint;
  amount: bigint;
};

export type TalkbotUsageRow = {
  /** Model, e.g. "gpt-3.5-turbo". */
  name: string;
  /** Micro-units; null when unreadable. */
  cost: bigint | null;
  completionTokens: number | null;
  promptTokens: number | null;
  number: number | null;
  createdAt: Date | null;
};

export type ReadUsageInput = {
  /** From 1. */
  page: number;
  size: number;
  /** yyyy-MM-dd, Beijing. */
  startDate: string;
};
