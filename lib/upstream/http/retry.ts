import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallTrace, Fault } from "../types";

type Attempt = { retryAfterMs: number | null; trace: CallTrace };
type Options = {
  /** Over all attempts and pauses together, ms. */
  deadlineMs: number;
  now?: () => number;
  random?: () => number;
  pause?: (ms: number) => Promise<unknown>;
};

const RETRIES = 2;
const BASE_MS = 200;
const TRANSIENT: ReadonlySet<Fault> = new Set(["connection_failed", "timeout", "reset", "cut", "not_json"]);

/**
 * For reads only, never for writes: retry at most twice, after a pause with full jitter (or as long as Retry-After asks),
 * and only when the fault may pass by itself and time is left.
 */
export async function withRetries<T extends Attempt>(
  attempt: (remainingMs: number) => Promise<T>,
  { deadlineMs, now = () => performance.now(), random = Math.random, pause = sleep }: Options,
): Promise<T> {
  const end = now() + deadlineMs;
  for (let retry = 0; ; retry += 1) {
    const result = await attempt(Math.max(1, end - now()));
    if (retry === RETRIES || !isTransient(result.trace)) return result;
    const delay = Math.max(result.retryAfterMs ?? 0, random() * BASE_MS * 2 ** retry);
    if (delay >= end - now()) return result;
    await pause(delay);
  }
}

function isTransient({ fault, status }: CallTrace): boolean {
  if (fault === null) return false;
  if (fault === "http_status") return status === 429 || (status ?? 0) >= 500;
  return TRANSIENT.has(fault);
}
