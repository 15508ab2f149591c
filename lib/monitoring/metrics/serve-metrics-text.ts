import "server-only";
import { metricsText } from "@/lib/process/process-slots";
import { readMetrics } from "./read-metrics";

/** Hand the metrics to the loopback port (server/launcher/serve-metrics.ts). */
export function serveMetricsText(): void {
  metricsText.value = readMetrics;
}
