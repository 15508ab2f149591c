/** Whether a write with a fault happens all the same: never, before the fault is shown, or N ms after the request. */
export type Effect = "never" | "before" | { lateMs: number };
export type EffectName = "never" | "before" | "late";

export const effectName = (effect: Effect): EffectName => (typeof effect === "string" ? effect : "late");
