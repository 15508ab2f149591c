import type { Balance } from "../../upstream/index.ts";

export const OPERATION_KINDS = ["transfer", "destroy", "generate"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const OPERATION_STATES = [
  "draft",
  "intent",
  "sent",
  "done",
  "refused",
  "not_sent",
  "unknown",
  "applied",
  "not_applied",
  "settled",
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/**
 * A card as the preview showed it; kept so that confirm can tell whether anything changed. `code` is null when what was
 * sealed can't be opened: then the phone is not known either.
 */
export type CardSnapshot = {
  id: string;
  code: string | null;
  phone: string | null;
  userName: string | null;
  type: string;
  balance: Balance;
};

/** `amount` in calls. The name is part of stored rows. */
export type TransferParams = { kind: "transfer"; source: CardSnapshot; target: CardSnapshot; amount: number };
export type DestroyParams = { kind: "destroy"; card: CardSnapshot };
export type GenerateParams = { kind: "generate"; keyType: number; count: number };
export type OperationParams = TransferParams | DestroyParams | GenerateParams;

/** As stored: phone and code are sealed in a column of their own. Only rows of before sealing have them here. */
export type StoredCard = Omit<CardSnapshot, "code" | "phone"> & Partial<Pick<CardSnapshot, "code" | "phone">>;
export type StoredParams =
  | { kind: "transfer"; source: StoredCard; target: StoredCard; amount: number }
  | { kind: "destroy"; card: StoredCard }
  | GenerateParams;

/** Evidence. Balances of a transfer's cards, whether a destroyed card is still listed, or which keys a listing brought. */
export type Reading =
  | { kind: "balances"; source: Balance; target: Balance }
  | { kind: "presence"; byId: boolean; inFullList: boolean | null }
  /** `newest`: the high-water mark, upstream ids of the newest keys before a chunk was sent. A later listing may stop there. */
  | { kind: "listing"; found: number; unknownKeys: number; complete: boolean; newest?: string[] }
  | { kind: "answer"; note: string };

/** What the one call left behind. Times in ms, body redacted and at most 2 KB. */
export type Call = {
  phase: string;
  status: number | null;
  ms: number;
  fault: string | null;
  body: string;
};
