import type { CardRow } from "@/lib/cards/types";

/** The one dialog a table of cards may have open. */
export type RowAction = { kind: "transfer"; source: CardRow } | { kind: "destroy"; cardIds: string[] };
