import "server-only";
import { parseMicro } from "@/lib/format/micro";

/** Decimals. "below": less than `at` is bad, from `rearm` on it is well. "from": `at` and more is bad, up to `rearm` well. */
export type Threshold = { side: "below" | "from"; at: string; rearm: string };

/**
 * What a new value means for a rule that is firing or not: it begins, it is well again, or nothing is new. Between
 * threshold and re-arm level nothing is ever new, so a value at an edge is told once. A value that is unknown changes nothing.
 */
export function stepRule(
  { side, at, rearm }: Threshold,
  firing: boolean,
  value: bigint | null,
): "fired" | "recovered" | null {
  if (value === null) return null;
  const [threshold, well] = [parseMicro(at) ?? 0n, parseMicro(rearm) ?? 0n];
  if (firing) return (side === "below" ? value >= well : value <= well) ? "recovered" : null;
  return (side === "below" ? value < threshold : value >= threshold) ? "fired" : null;
}
