import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";

/** Wrong tokens a minute that are answered and audited one by one. */
const WRONG_A_MINUTE = 10;
const MINUTE_MS = 60_000;

export type TokenVerdict = "right" | "wrong" | "too_many" | "none";

const slot = sharedSlot<{ since: number; wrong: number }>("metrics-token-tries");

/**
 * Whether a request shows METRICS_TOKEN. The right one always gets in: whoever guesses must not blind the monitoring, and 32
 * random characters are not guessed. Wrong ones are counted in this process, whoever sends them.
 */
export function checkMetricsToken(authorization: string | null, now = performance.now()): TokenVerdict {
  const expected = env().METRICS_TOKEN;
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (!expected || given === undefined) return "none";
  if (timingSafeEqual(digest(given), digest(expected))) return "right";
  if (!slot.value || now - slot.value.since >= MINUTE_MS) slot.value = { since: now, wrong: 0 };
  slot.value.wrong += 1;
  return slot.value.wrong > WRONG_A_MINUTE ? "too_many" : "wrong";
}

/** Of one length, so that the comparison takes one time. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
