/**
 * The console's process: Next on a plain node:http server. It must not run under the "react-server" condition (Next
 * chooses React's variants itself), so it imports nothing of lib/; the two share state on `globalThis`:
 * `cardesk.setup-link` (a string set by lib), `cardesk.shutting-down` (a flag set here), `cardesk.drain` (lib's function
 * that waits for calls in flight, stops jobs and closes pools), `cardesk.on-gate-refusal` (lib's function that audits what
 * the gate refuses), `cardesk.around-request` (lib's function that measures and traces a request), `cardesk.metrics-text`
 * (lib's function that reads the metrics), `cardesk.page-instead` (lib's function that answers a page that can't be
 * rendered), `cardesk.root` (the folder of the sources, set here).
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { builtConfig } from "../build/built-config.ts";
import { beforePage, type PageInstead } from "../gate/before-page.ts";
import { giveRequestId } from "../gate/give-request-id.ts";
import { readActionIds } from "../gate/read-action-ids.ts";
import { type Refused, requestGate } from "../gate/request-gate.ts";
import { readRoutes, routeOf } from "../gate/route-templates.ts";
import { drainFirst } from "./drain-first.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { serveStatic } from "./serve-static.ts";
import { stopTimes } from "./stop-times.ts";

const times = stopTimes(process.env);
const dev = process.env.NODE_ENV !== "production";
const port = Number(process.env.PORT);
const hostname = process.env.HOST ?? "127.0.0.1";
const shared = globalThis as { [key: symbol]: unknown };
let stopping = false;

watchSlot(Symbol.for("cardesk.setup-link"), (setupLink) => process.send?.({ setupLink }));

// A request that comes too slowly is answered 408 by Node itself.
const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 });
// A closed terminal takes no more lines; that must not end the process while operations are in flight.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
// Before prepare(): an early stop must not leave a half-started process behind.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    // The request may come twice (from the launcher, and from its end); the shutdown runs once.
    if (stopping) return;
    stopping = true;
    void shutDown();
  });
}

const root = fileURLToPath(new URL("../..", import.meta.url));
shared[Symbol.for("cardesk.root")] = root;
const built = dev ? undefined : builtConfig(root);
if (built) process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = built;
// Next would take every request to upgrade for itself, past the gate and all time limits. Only hot reload has a web socket; without
// a listener such a request is one like any other.
const app = next({ dev, dir: root, hostname, port, httpServer: dev ? server : createServer() });
await app.prepare();
const handle = app.getRequestHandler();

const address = { appUrl: process.env.APP_URL || undefined, host: hostname, port };
const onRefused = (refusal: Refused) => {
  const listener = shared[Symbol.for("cardesk.on-gate-refusal")];
  if (typeof listener === "function") listener(refusal);
};
const trustProxy = process.env.TRUST_PROXY ?? "";
// With hot reload the actions change while it runs.
const actions = dev ? {} : { actionIds: readActionIds(root) };
const pageInstead = () => {
  const answer = shared[Symbol.for("cardesk.page-instead")];
  return typeof answer === "function" ? (answer as PageInstead) : undefined;
};
const page = beforePage(pageInstead, handle);
const served = (request: IncomingMessage, response: ServerResponse) => {
  page(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
};
const answer = dev ? served : serveStatic(join(root, ".next/static"), served);
const draining = drainFirst((request, response) => {
  if (shared[Symbol.for("cardesk.shutting-down")]) response.setHeader("Connection", "close");
  answer(request, response);
}, times.drainMs);
const gate = requestGate({ ...address, ...actions, dev, trustProxy, onRefused }, draining.handler);
const routes = dev ? [] : readRoutes(root);
server.on("request", (request, response) => {
  const id = giveRequestId(request, response);
  const around = shared[Symbol.for("cardesk.around-request")];
  if (typeof around !== "function") return gate(request, response);
  const { method = "", url = "/" } = request;
  around({ id, method, route: routeOf(routes, url), response }, () => gate(request, response));
});
// A proxy in front keeps its connections for about a minute; ours must outlive them.
server.keepAliveTimeout = 65_000;
server.listen({ port, host: hostname });
if (process.env.METRICS_PORT) {
  serveMetrics(Number(process.env.METRICS_PORT), async () => {
    const read = shared[Symbol.for("cardesk.metrics-text")];
    if (typeof read !== "function") throw new Error("not started yet");
    return String(await read());
  });
}
// Else it is written at the end alone, which a killed process does not come to.
flushCompileCache();

/** Let proxies go elsewhere, accept no new connection, let requests and then everything else in flight finish, exit. */
async function shutDown(): Promise<void> {
  // What stops before it listens has nobody to tell.
  if (server.listening) await draining.begin();
  shared[Symbol.for("cardesk.shutting-down")] = true;
  const end = Date.now() + times.inFlightMs;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.race([closed, pause(times.inFlightMs - 5_000)]);
  const drain = shared[Symbol.for("cardesk.drain")];
  if (typeof drain === "function") {
    const drained = Promise.resolve(drain(end - Date.now())).catch((error: unknown) => console.error(error));
    await Promise.race([drained, pause(end - Date.now())]);
  }
  process.exit(0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Call `notify` with every value that another module gives to a shared slot. */
function watchSlot(slot: symbol, notify: (value: unknown) => void): void {
  let current: unknown;
  Object.defineProperty(globalThis, slot, {
    configurable: true,
    get: () => current,
    set: (value: unknown) => {
      current = value;
      if (value) notify(value);
    },
  });
}
