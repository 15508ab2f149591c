/** The card types that are sold; only these can be transferred and destroyed. */
export const PAID_TYPES: ReadonlySet<string> = new Set(["1", "2", "3", "4", "5"]);
