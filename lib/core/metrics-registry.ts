import "server-only";
import { collectDefaultMetrics, Registry } from "prom-client";
import { sharedSlot } from "./shared-slot";

const slot = sharedSlot<Registry>("metrics-registry");

/** This process's metrics: Node.js's standard ones and those other modules register here. */
export function metricsRegistry(): Registry {
  if (!slot.value) {
    slot.value = new Registry();
    collectDefaultMetrics({ register: slot.value });
  }
  return slot.value;
}
