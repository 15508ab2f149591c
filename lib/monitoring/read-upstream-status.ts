import "server-only";
import type { Ctx } from "@/lib/context";
import { readUpstreamHealth } from "./read-upstream-health";
import type { UpstreamHealthView, UpstreamStatus } from "./types";

/** Which upstreams are in trouble, in the little that every screen needs: since when, why, and whether writes are off. */
export async function readUpstreamStatus({ ctx }: { ctx: Ctx }): Promise<UpstreamStatus[]> {
  return (await readUpstreamHealth({ ctx })).map(statusOf);
}

function statusOf(health: UpstreamHealthView): UpstreamStatus {
  const { upstream, lastSuccessAt } = health;
  if (!health.configured) return { upstream, lastSuccessAt, state: "not_configured", error: null };
  const failed = health.sources.find((source) => source.error);
  if (health.breaker.state !== "closed") {
    const error = { key: `upstream.${health.lastFault ?? "circuit_open"}`, details: failed?.error?.details ?? null };
    return { upstream, lastSuccessAt, state: "down", error };
  }
  return { upstream, lastSuccessAt, state: failed ? "failing" : "ok", error: failed?.error ?? null };
}
