import "server-only";
import { Histogram } from "prom-client";
import { metricsRegistry } from "@/lib/core/metrics-registry";
import { withRequestId } from "@/lib/core/request-scope";
import { sharedSlot } from "@/lib/core/shared-slot";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { aroundRequest } from "@/lib/process/process-slots";

type Labels = "method" | "route" | "status";
const slot = sharedSlot<Histogram<Labels>>("request-duration");

/** Every request from now on runs under its id, is measured by route and class of status, and is a span while traces are on. */
export function measureRequests(): void {
  const duration = requestDuration();
  aroundRequest.value = ({ id, method, route, response }, handle) => {
    const attributes = {
      [ATTRIBUTE.kind]: "request",
      [ATTRIBUTE.requestId]: id,
      [ATTRIBUTE.method]: knownMethod(method),
      [ATTRIBUTE.route]: route,
    };
    withRequestId(id, () =>
      withSpan(`${knownMethod(method)} ${route}`, attributes, (set) => {
        const began = performance.now();
        const closed = new Promise<void>((resolve) => {
          response.once("close", () => {
            // A caller that left before an answer has the status nginx gives it.
            const status = response.headersSent ? response.statusCode : 499;
            const labels = { method: knownMethod(method), route, status: `${Math.floor(status / 100)}xx` };
            duration.observe(labels, (performance.now() - began) / 1000);
            set({ [ATTRIBUTE.status]: status });
            resolve();
          });
        });
        handle();
        return closed;
      }),
    );
  };
}

const knownMethod = (method: string): string => (["GET", "HEAD", "POST"].includes(method) ? method : "other");

function requestDuration(): Histogram<Labels> {
  slot.value ??= new Histogram({
    name: "cardesk_http_request_duration_seconds",
    help: "How long requests took, by method, route and class of status.",
    labelNames: ["method", "route", "status"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [metricsRegistry()],
  });
  return slot.value;
}
