import type { Override } from "../upstream/call.ts";
import type { FaultRule } from "./fault-rule.ts";

/** How this rule changes what the write really does, if it does. */
export function overrideOf({ fault, with: { by, hide } }: FaultRule): Override | undefined {
  if (fault === "keys-duplicate" || fault === "keys-fewer" || fault === "keys-more") {
    return { keys: { fault, by: by ?? 1, hide: hide ?? false } };
  }
  return fault === "destroy-partial" ? { partial: { by: by ?? null } } : undefined;
}

/** How far this rule puts the upstream's clock ahead, ms. */
export const clockSkewOf = (rule: FaultRule | null): number =>
  rule?.fault === "clock-skew" ? (rule.with.skewMs ?? 0) : 0;
