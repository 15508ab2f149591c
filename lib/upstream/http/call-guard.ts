import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { UpstreamName } from "../types";
import { type CallReport, CircuitBreaker } from "./circuit-breaker";
import { type CallLine, ConcurrencyLimiter } from "./concurrency-limiter";

/** What every call of one upstream passes: at most four at a time, and none while the breaker is open. */
export type CallGuard = { limiter: ConcurrencyLimiter; breaker: CircuitBreaker };

/** A permit for one call; release it with the result. A second release changes nothing. */
export type Permit = { release(report: CallReport): void };

const CONCURRENCY = 4;

/** A guard of its own, for tests; the process uses {@link callGuardOf}. `now` is monotonic, in ms. */
export function createCallGuard(now?: () => number): CallGuard {
  return { limiter: new ConcurrencyLimiter(CONCURRENCY), breaker: new CircuitBreaker(now) };
}

/**
 * Wait at most `waitMs` for a slot. Refused at once while the breaker is open, after the wait if it opened meanwhile.
 * A free slot is taken without awaiting: of two calls to a half-open breaker the second is refused, not queued.
 */
export async function acquirePermit(
  { limiter, breaker }: CallGuard,
  line: CallLine,
  waitMs: number,
): Promise<Permit | "circuit_open" | "timeout"> {
  if (!breaker.allowsCall()) return "circuit_open";
  if (!limiter.tryAcquire(line) && !(await limiter.acquire(line, waitMs))) return "timeout";
  const reportCall = breaker.begin();
  if (!reportCall) {
    limiter.release(line);
    return "circuit_open";
  }
  let released = false;
  return {
    release: (report) => {
      if (released) return;
      released = true;
      reportCall(report);
      limiter.release(line);
    },
  };
}

const slot = sharedSlot<Partial<Record<UpstreamName, CallGuard>>>("upstream-call-guards");

/** The process's guard of an upstream, shared by every copy of this module. */
export function callGuardOf(upstream: UpstreamName): CallGuard {
  slot.value ??= {};
  slot.value[upstream] ??= createCallGuard();
  return slot.value[upstream];
}
