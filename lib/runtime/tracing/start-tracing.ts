import "server-only";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { tracer } from "@/lib/core/tracing";

/**
 * Send traces where OpenTelemetry's standard variables say. Without an endpoint nothing of it is loaded. Returns how to send
 * what is left and stop; never throws, because no console should miss a start for its traces.
 */
export async function startTracing(): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = env();
  if (OTEL_SDK_DISABLED || !(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)) return async () => {};
  try {
    const { openTracer } = await import("./open-tracer");
    const opened = openTracer();
    tracer.value = opened.tracer;
    log().info("traces are on");
    return opened.stop;
  } catch (error) {
    log().error({ err: error }, "traces could not be started; the console runs without");
    return async () => {};
  }
}
