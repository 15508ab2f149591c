import "server-only";
import type { CallTrace, Fault, RefusalReason } from "@/lib/upstream/types";
import type { PausedReason } from "../types";

/** A signature is made with the time: refused or wrong while the clocks differ by this much, the time is the reason. */
const SKEW_MS = 60_000;
const TO_MEND = ["key_refused", "no_permission", "signature_refused", "clock_skew", "not_configured"] as const;

type Mendable = Extract<PausedReason, (typeof TO_MEND)[number]>;

/** What an administrator must mend before the upstream obeys again, if that is why it refused or could not be believed. */
export function refusalToMend(reason: Fault | RefusalReason, trace: CallTrace | null): Mendable | null {
  const skewed = Math.abs(trace?.clockOffsetMs ?? 0) >= SKEW_MS;
  if (skewed && (reason === "signature_refused" || reason === "bad_signature")) return "clock_skew";
  return TO_MEND.find((each) => each === reason) ?? null;
}
