import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { BreakerState, Fault, UpstreamName } from "../types";
import { callGuardOf } from "./call-guard";

/** What this process has seen of an upstream since it started. Latencies in ms, over the last 100 calls made. */
type UpstreamHealth = {
  upstream: UpstreamName;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  lastFault: Fault | null;
  calls: number;
  failures: number;
  latencyP50: number | null;
  latencyP95: number | null;
  /** How far its clock is ahead of ours, by its last answer; null if it never said. */
  clockOffsetMs: number | null;
  breaker: BreakerState;
  /** Calls of this process that wait for a slot. */
  waiting: number;
};

const KEPT = 100;
const NAMES: readonly UpstreamName[] = ["espai", "potato", "talkbot"];

type Stats = Omit<UpstreamHealth, "upstream" | "latencyP50" | "latencyP95" | "breaker" | "waiting"> & {
  latencies: number[];
};

const slot = sharedSlot<Map<UpstreamName, Stats>>("upstream-health");

function statsOf(upstream: UpstreamName): Stats {
  slot.value ??= new Map();
  const known = slot.value.get(upstream);
  if (known) return known;
  const never = { lastSuccessAt: null, lastFailureAt: null, lastFault: null, clockOffsetMs: null };
  const fresh = { ...never, calls: 0, failures: 0, latencies: [] };
  slot.value.set(upstream, fresh);
  return fresh;
}

/** Count one call that was made; `fault` is null when the upstream gave a usable answer, a refusal included. */
export function recordCall(
  upstream: UpstreamName,
  call: { fault: Fault | null; ms: number; at: Date; clockOffsetMs?: number | null },
): void {
  const stats = statsOf(upstream);
  stats.calls += 1;
  stats.latencies.push(call.ms);
  if (stats.latencies.length > KEPT) stats.latencies.shift();
  stats.clockOffsetMs = call.clockOffsetMs ?? stats.clockOffsetMs;
  if (call.fault === null) {
    stats.lastSuccessAt = call.at;
    return;
  }
  stats.failures += 1;
  stats.lastFailureAt = call.at;
  stats.lastFault = call.fault;
}

/** All three upstreams, for the health page. Drift is in `upstreamDrift()`. */
export function upstreamHealth(): UpstreamHealth[] {
  return NAMES.map((upstream) => {
    const { latencies, ...stats } = statsOf(upstream);
    const sorted = latencies.toSorted((a, b) => a - b);
    return {
      upstream,
      ...stats,
      latencyP50: percentile(sorted, 0.5),
      latencyP95: percentile(sorted, 0.95),
      breaker: callGuardOf(upstream).breaker.state(),
      waiting: callGuardOf(upstream).limiter.waiting,
    };
  });
}

function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
