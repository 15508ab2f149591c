import "server-only";
import { collectDefaultMetrics, Registry } from "prom-client";
import { sharedSlot } from "./shared-slot";

const slot = sharedSlot<Registry>("metrics-registry");

/** This process's metrics: Node.js's standard ones and those other modules register here. */
export function metricsRegistry(): Registry {
  if (!slot.value) {
    slot.value = new Registry();
    collectDefaultMetrics({ register: slot.value });
    // Gauges that are named as counters are, which Prometheus's linter refuses; those by type stay.
    for (const name of ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"])
      slot.value.removeSingleMetric(name);
  }
  return slot.value;
}
