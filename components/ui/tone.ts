/** The meaning of a colour. `unknown` has its own look, never that of danger or done. */
export type Tone = "neutral" | "accent" | "done" | "warning" | "danger" | "unknown";
