import type { CardRow } from "@/lib/cards/types";

/** The dialog that is open on cards. */
export type RowAction =
  | { kind: "transfer"; source: CardRow }
  | { kind: "transferInto"; target: CardRow }
  | { kind: "destroy"; cardIds: string[] };
