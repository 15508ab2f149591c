import "server-only";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { SpanAttributes, Tracer } from "@/lib/core/tracing";
import { currentInstanceId } from "@/lib/process/instance";
import { withoutPersonalData } from "./without-personal-data";

/** OpenTelemetry's tracer. Sampler, limits, batches, headers and the collector's address come from its standard variables. */
export function openTracer(exporter: SpanExporter = new OTLPTraceExporter()): {
  tracer: Tracer;
  stop: () => Promise<void>;
} {
  const named = resourceFromAttributes({ "service.name": "cardesk", "service.instance.id": currentInstanceId() ?? "" });
  const given = detectResources({ detectors: [envDetector] });
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(named).merge(given),
    spanProcessors: [new BatchSpanProcessor(withoutPersonalData(exporter))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const own = provider.getTracer("cardesk");

  const span = <T>(name: string, attributes: SpanAttributes, work: (set: (more: SpanAttributes) => void) => T): T =>
    own.startActiveSpan(name, { attributes }, (begun) => {
      const fail = (error: unknown): never => {
        begun.setStatus({ code: SpanStatusCode.ERROR });
        begun.end();
        throw error;
      };
      let result: T;
      try {
        result = work((more) => begun.setAttributes(more));
      } catch (error) {
        return fail(error);
      }
      if (!(result instanceof Promise)) {
        begun.end();
        return result;
      }
      const ended = result.then((value: unknown) => {
        begun.end();
        return value;
      }, fail);
      return ended as T;
    });
  const current = () => trace.getActiveSpan()?.spanContext();
  // A collector that is away must not hold up a shutdown.
  const late = () => new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
  return { tracer: { span, current }, stop: () => Promise.race([provider.shutdown().catch(() => undefined), late()]) };
}

const STOP_MS = 2_000;
