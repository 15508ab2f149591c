import type { CardRow } from "@/lib/cards/types";

/** The dialog that is open on cards. */
export type RowAction = { kind: "transfer" | "transferInto"; card: CardRow } | { kind: "destroy"; cardIds: string[] };
