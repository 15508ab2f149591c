import "server-only";
import { Histogram } from "prom-client";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { sharedSlot } from "@/lib/core/shared-slot";

const slot = sharedSlot<Histogram<"upstream" | "endpoint" | "outcome">>("upstream-call-duration");

/** How long calls took, for Prometheus; the health page shows percentiles of the last calls from its own list. */
export function callDuration(): Histogram<"upstream" | "endpoint" | "outcome"> {
  slot.value ??= new Histogram({
    name: "cardesk_upstream_call_duration_seconds",
    help: "How long calls took, by upstream, endpoint and outcome (done, refused, or the fault).",
    labelNames: ["upstream", "endpoint", "outcome"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
    registers: [metricsRegistry()],
  });
  return slot.value;
}
