import { queryKeys } from "../query-keys";

/** Under `cards`: what became of cards. A sync, an operation or a reading makes it new. */
export const historyKey = [...queryKeys.cards, "history"] as const;
