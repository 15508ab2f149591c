import type { CardRow } from "@/lib/cards/types";
import type { OperationKind, OperationState } from "@/lib/operations/types";

/** The longest note, in characters. */
export const MAX_NOTE_TEXT = 1_000;

/** Of one person in 24 hours: so many about one customer or card, of which the latest 100 are shown, and so many in all. */
export const MAX_NOTES_ABOUT_ONE = 20;
export const MAX_NOTES_A_DAY = 300;

/** What has a card locked. `until`: when its outcome is known at the latest; null: nobody can say. Times are ISO. */
export type CardLock = {
  operationId: string;
  kind: OperationKind;
  state: OperationState;
  actorName: string;
  sentAt: string;
  until: string | null;
};

/** A card of a customer, masked. */
export type CustomerCard = CardRow & {
  userId: string | null;
  /** When its values were last confirmed by the upstream. */
  readAt: string;
  /** Ours, in the order they were added. */
  tags: string[];
  lock: CardLock | null;
  /** The last transfer it was certainly part of. */
  lastTransfer: { operationId: string; side: "source" | "target"; amount: number; at: string } | null;
};

/** What a change is made of: the upstream's part, and each operation of ours with its own. */
export type ChangePart =
  | { cause: "used" | "topped_up"; calls: number }
  | {
      cause: "moved_out" | "moved_in";
      calls: number;
      operationId: string;
      actorName: string | null;
      reference: string | null;
    };

/** How one card's balance changed on one day of the display zone. */
export type BalanceChange = {
  cardId: string;
  maskedCode: string;
  /** YYYY-MM-DD. */
  day: string;
  /** Of the latest of them. */
  at: string;
  delta: number;
  parts: ChangePart[];
  /** There were more that day, before these. */
  partial: boolean;
};

export type NoteView = {
  id: string;
  cardId: string | null;
  /** Null: deleted, or it can't be opened. */
  text: string | null;
  authorName: string;
  at: string;
  deleted: { at: string; byName: string } | null;
  /** The reader may delete it. */
  mayDelete: boolean;
};

/** Everything a person needs who answers a customer. Phones and codes are masked. */
export type Customer = {
  /** Null: the card has no user id upstream; then these are the cards of its phone, or that one alone. */
  userId: string | null;
  userName: string | null;
  maskedPhone: string | null;
  /** Listed ones first; at most 200 of `totals.cards + totals.gone`. */
  cards: CustomerCard[];
  /** Cards of the same phone under another user id or none: whose they are is not certain, and nothing counts them. */
  others: CustomerCard[];
  /** Of all listed cards. `calls`: the sum of the balances that are numbers. */
  totals: { cards: number; gone: number; calls: number; unlimited: number; unread: number; trial: number };
  changes: BalanceChange[];
  notes: NoteView[];
};
