/** What a colour may mean. `unknown` has its own look and is never shown as danger or done. */
export type Tone = "neutral" | "accent" | "done" | "warning" | "danger" | "unknown";
