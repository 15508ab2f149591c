import "server-only";
import { sharedSlot } from "./shared-slot";

/** What a span may say: ids, names of ours and numbers. Anything else is dropped before it leaves (lib/runtime/tracing). */
export const ATTRIBUTE = {
  /** "request", "action", "route", "job". */
  kind: "cardesk.kind",
  requestId: "cardesk.request_id",
  operationId: "cardesk.operation_id",
  operationKind: "cardesk.operation_kind",
  operationState: "cardesk.operation_state",
  upstream: "cardesk.upstream",
  endpoint: "cardesk.endpoint",
  outcome: "cardesk.outcome",
  method: "http.request.method",
  route: "http.route",
  status: "http.response.status_code",
} as const;

export type SpanAttributes = Partial<Record<(typeof ATTRIBUTE)[keyof typeof ATTRIBUTE], string | number>>;

export type Tracer = {
  /** Run `work` in a span, a child of the one this is called in. `set` adds what is known later. An error marks the span. */
  span<T>(name: string, attributes: SpanAttributes, work: (set: (more: SpanAttributes) => void) => T): T;
  /** The ids of the span this is called in. */
  current(): { traceId: string; spanId: string } | undefined;
};

/** Set at start if a collector is configured; else nothing of OpenTelemetry is loaded. */
export const tracer = sharedSlot<Tracer>("tracer");

const ignore = () => undefined;

/** Run `work` in a span, if traces are on. */
export function withSpan<T>(
  name: string,
  attributes: SpanAttributes,
  work: (set: (more: SpanAttributes) => void) => T,
): T {
  return tracer.value ? tracer.value.span(name, attributes, work) : work(ignore);
}
