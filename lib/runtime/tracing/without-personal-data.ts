import "server-only";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { ATTRIBUTE } from "@/lib/core/tracing";

/** What a span may say: our own names, and of Next's spans which of its steps they are. */
const ALLOWED: ReadonlySet<string> = new Set([...Object.values(ATTRIBUTE), "next.span_type"]);

/**
 * An exporter that lets out what is known to name nobody: attributes of a list, no events (an error's text may quote a row), no
 * text of a status, and names without an address. Next and any library may add spans of their own; the list holds for them too.
 */
export function withoutPersonalData(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(clean), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

const clean = (span: ReadableSpan): ReadableSpan =>
  Object.create(span, {
    name: { value: span.instrumentationScope.name === "cardesk" ? span.name : nameOf(span), enumerable: true },
    attributes: {
      value: Object.fromEntries(Object.entries(span.attributes).filter(([name]) => ALLOWED.has(name))),
      enumerable: true,
    },
    events: { value: [], enumerable: true },
    links: { value: [], enumerable: true },
    status: { value: { code: span.status.code }, enumerable: true },
  });

/** Another's span may be named after an address: its kind is enough. */
const nameOf = ({ attributes, instrumentationScope }: ReadableSpan): string =>
  String(attributes["next.span_type"] ?? instrumentationScope.name);
