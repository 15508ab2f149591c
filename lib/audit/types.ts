export { isAddressText } from "./address-text";
export { isCardText } from "./card-text";

/** How the attempt ended. */
export const OUTCOMES = ["ok", "refused", "failed", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];
