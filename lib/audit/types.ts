/** How the attempt ended. */
export const OUTCOMES = ["ok", "refused", "failed", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];
