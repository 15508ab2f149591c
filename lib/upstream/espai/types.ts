import type { UnreadableRow } from "../types";

/** A quota card as the console knows it. The upstream's field names stop at lib/upstream/espai. */
export type Card = {
  /** 32 hex. */
  id: string;
  /** 8 characters, case-sensitive. */
  code: string;
  /** As the upstream says it: "0" trial, "1".."5" paid, anything else unknown and never treated as paid. */
  type: string;
  /** Calls left, an integer ≥ 0; "unlimited" is not a number; null is unknown and shown as —, never 0. */
  balance: Balance;
  /** Owner; null until redeemed. */
  userId: string | null;
  phone: string | null;
  userName: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
};

export type Balance = number | "unlimited" | null;

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

export type CardList = {
  cards: Card[];
  unreadable: UnreadableRow[];
  /** As the upstream says it: rows in this answer by one document, in all by another. Null when missing. */
  totalNumber: number | null;
  /** Rows in this answer, unreadable ones included. */
  rows: number;
  /** Calls it took: more than one if the first failed and was repeated. */
  calls: number;
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
