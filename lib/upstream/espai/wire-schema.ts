import { z } from "zod";

/**
 * ESP-AI's words, as its documents write them. Only the envelope is held to this: rows are read one by one and
 * tolerantly in reshape.ts, because one odd row must not drop a list of thousands.
 */
export const espaiSuccess = z.object({ success: z.literal(true), message: z.string() });

export const espaiFailure = z.object({
  success: z.literal(false),
  message: z.string().catch(""),
  code: z.union([z.number(), z.string()]).nullish().catch(null),
});

/** One card as the documents show it. `user_phone` is a number in answers, a string in requests. */
export type EspaiCard = {
  id: string;
  create_time: number;
  update_time: number | null;
  code: string;
  user_id: string | null;
  api_limit: number | string | null;
  type: string;
  user_phone: number | string | null;
  user_name: string | null;
};

/** What a list may be narrowed by; every value goes out as a string. */
export type ListCardsInput = {
  /** From 1. */
  page?: number;
  /** Rows a page; the upstream's default is 9999. */
  limit?: number;
  id?: string;
  type?: string;
  code?: string;
  userName?: string;
  phone?: string;
  balance?: number;
};

export type TransferInput = {
  phone: string;
  code: string;
  targetPhone: string;
  targetCode: string;
  /** Calls to move, an integer ≥ 1. */
  amount: number;
};
