import { trace } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { tracer, withSpan } from "@/lib/core/tracing";
import { openTracer } from "./open-tracer";
import { startTracing } from "./start-tracing";

const sent: ReadableSpan[] = [];
const exporter: SpanExporter = {
  export: (spans, done) => {
    sent.push(...spans);
    done({ code: 0 });
  },
  shutdown: async () => undefined,
};
let opened: ReturnType<typeof openTracer>;
beforeAll(() => {
  opened = openTracer(exporter);
});
afterAll(() => opened.stop());
beforeEach(() => {
  tracer.value = opened.tracer;
  sent.length = 0;
});
afterEach(() => {
  tracer.value = undefined;
  vi.restoreAllMocks();
});

const PHONE = "15912345678";
/** What was sent; the batch is sent when it is asked for. */
async function flushed(): Promise<ReadableSpan[]> {
  const provider = trace.getTracerProvider() as unknown as { getDelegate(): { forceFlush(): Promise<void> } };
  await provider.getDelegate().forceFlush();
  return sent;
}

test("spans inside spans are one trace, over awaits", async () => {
  const value = await withSpan("outer", { "cardesk.request_id": "r1" }, async () => {
    await Promise.resolve();
    return withSpan("inner", {}, async (set) => {
      set({ "cardesk.outcome": "done" });
      return tracer.value?.current()?.traceId;
    });
  });
  const [inner, outer] = await flushed();
  expect([inner?.name, outer?.name]).toEqual(["inner", "outer"]);
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  expect([inner?.spanContext().traceId, outer?.spanContext().traceId]).toEqual([value, value]);
  expect(inner?.attributes).toEqual({ "cardesk.outcome": "done" });
});

test("an error marks its span, without its words, and is thrown on", async () => {
  const failing = () => withSpan("fails", {}, async () => Promise.reject(new Error(PHONE)));
  await expect(failing()).rejects.toThrow(PHONE);
  const [span] = await flushed();
  expect(span?.status).toEqual({ code: 2 });
  expect(JSON.stringify([span?.name, span?.attributes, span?.events, span?.status])).not.toContain(PHONE);
});

test("what another library puts into a span does not leave: no address, no event, no text", async () => {
  const span = trace.getTracer("next.js").startSpan(`GET /customers?phone=${PHONE}`);
  span.setAttributes({
    "http.target": `/customers?phone=${PHONE}`,
    "next.span_type": "AppRender.getBodyResult",
    "http.url": PHONE,
  });
  span.recordException(new Error(PHONE));
  span.setStatus({ code: 2, message: PHONE });
  span.end();
  const [cleaned] = await flushed();
  expect(cleaned?.name).toBe("AppRender.getBodyResult");
  expect(cleaned?.attributes).toEqual({ "next.span_type": "AppRender.getBodyResult" });
  expect(cleaned?.events).toEqual([]);
  expect(JSON.stringify([cleaned?.name, cleaned?.attributes, cleaned?.status])).not.toContain(PHONE);
});

test("without an endpoint nothing is loaded, and a span costs one look", async () => {
  tracer.value = undefined;
  const loaded = vi.fn();
  vi.doMock("./open-tracer", () => {
    loaded();
    return { openTracer: () => opened };
  });
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  await startTracing();
  expect([tracer.value, loaded.mock.calls.length]).toEqual([undefined, 0]);
  sharedSlot("env").value = parseEnv({
    LOG_LEVEL: "silent",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
    OTEL_SDK_DISABLED: "true",
  });
  await startTracing();
  expect([tracer.value, loaded.mock.calls.length]).toEqual([undefined, 0]);
  expect(withSpan("none", {}, () => 7)).toBe(7);
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" });
  await startTracing();
  expect([tracer.value, loaded.mock.calls.length]).toEqual([opened.tracer, 1]);
});
