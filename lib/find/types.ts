import type { CardRow, FoundCards, FoundCustomer } from "@/lib/cards/types";
import type { PhoneAndCode } from "@/lib/format/recognize/phone-and-code-of";
import type { FoundBatches, FoundKeys } from "@/lib/keys/types";
import type { FoundOperations } from "@/lib/operations/types";

/** What one text finds, in groups; phones, codes and keys are masked. */
export type Found = {
  cards: FoundCards;
  customers: FoundCustomer[];
  keys: Omit<FoundKeys, "whole">;
  batches: FoundBatches;
  operations: FoundOperations;
  /** The page of the one thing the text identifies. */
  jumpTo: string | null;
  /** How many lines a sheet of it would have, those that name nothing included; below 2 it is none. */
  many: number;
  /** Nothing has them, but with a phone and a code the upstream itself can be asked. */
  live: PhoneAndCode | null;
};

/** So many lines of a paste are looked up at once; the others are named, and next. */
export const MAX_PASTED_LINES = 2_000;
/** The longest paste, in characters. Longer is refused in words, never cut. */
export const MAX_PASTED_TEXT = 200_000;

/** What became of one line of a paste. Phones and codes are masked, but for the text that was pasted. */
export type FoundLine = {
  /** From 1, as pasted; a line that names several has several of these. */
  line: number;
  text: string;
  /**
   * "found": one listed card; "several": more of them; "gone": only cards that the upstream no longer lists; "key": a card
   * key; "missing": nothing has what it names; "unread": it names no whole phone, code, id or key.
   */
  result: "found" | "several" | "gone" | "key" | "missing" | "unread";
  /** Ids of its cards, listed ones first. */
  cards: string[];
  /** There are more cards than these. */
  more: boolean;
  /** What it names belongs to no one card: these are the cards of any of it. */
  differs: boolean;
  /** The line that names the same, or the same cards, before it. */
  duplicateOf: number | null;
  /** What stands in the paste's column of amounts. */
  amount: number | null;
  key: { batchId: string; last4: string } | null;
};

/** `userId`: of the customer who has it. */
export type FoundCard = CardRow & { userId: string | null };

/** A paste, looked up line by line in its order. */
export type FoundMany = {
  lines: FoundLine[];
  /** Each card of the lines once. */
  cards: FoundCard[];
  /** How many lines were skipped before the first of these, and how many there are. */
  from: number;
  total: number;
  /** The line that names the columns; it is not looked up. */
  header: string | null;
};
