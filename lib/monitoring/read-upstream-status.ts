import "server-only";
import type { Ctx } from "@/lib/context";
import { readUpstreamHealth } from "./read-upstream-health";
import type { UpstreamHealthView, UpstreamStatus } from "./types";

/** Which upstreams have a problem, as every page shows it: since when, why, and whether writes are disabled. */
export async function readUpstreamStatus({ ctx }: { ctx: Ctx }): Promise<UpstreamStatus[]> {
  return (await readUpstreamHealth({ ctx })).map(statusOf);
}

function statusOf(health: UpstreamHealthView): UpstreamStatus {
  const { upstream, lastSuccessAt } = health;
  if (!health.configured) return { upstream, lastSuccessAt, state: "not_configured", error: null };
  const failed = health.sources.find((source) => source.error);
  // Nothing in the background calls this upstream: only the next write or look can tell that it is back.
  const waitsForCall = health.sources.length === 0 && health.breaker.state === "half_open";
  if (health.breaker.state !== "closed") {
    const error = { key: `upstream.${health.lastFault ?? "circuit_open"}`, details: failed?.error?.details ?? null };
    return { upstream, lastSuccessAt, state: waitsForCall ? "probing" : "down", error };
  }
  return { upstream, lastSuccessAt, state: failed ? "failing" : "ok", error: failed?.error ?? null };
}
