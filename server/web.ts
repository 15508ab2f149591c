/**
 * The console's process: Next on a plain node:http server. It must not run under the "react-server" condition (Next
 * chooses React's variants itself), so nothing of lib/ is imported here; lib/ and this file meet on `globalThis`:
 * `cardesk.setup-link` (a string lib sets), `cardesk.shutting-down` (a flag we set), `cardesk.drain` (lib's function
 * that waits for calls in flight, stops jobs and closes pools).
 */
import { createServer, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";

/** Operations in flight may take this long to finish. */
const drainMs = 30_000;

const dev = process.env.NODE_ENV !== "production";
const port = Number(process.env.PORT);
const hostname = process.env.HOST ?? "127.0.0.1";
const trustProxy = process.env.TRUST_PROXY === "1" || process.env.TRUST_PROXY === "true";
const shared = globalThis as { [key: symbol]: unknown };

announce(Symbol.for("cardesk.setup-link"), (setupLink) => process.send?.({ setupLink }));

const server = createServer();
// Before prepare(): an early end must not leave a half-started process behind.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    // Asked twice (by the launcher and by its going away), it still ends once and in order.
    if (!shared[Symbol.for("cardesk.shutting-down")]) void shutDown();
  });
}

const app = next({ dev, dir: fileURLToPath(new URL("..", import.meta.url)), hostname, port, httpServer: server });
await app.prepare();
const handle = app.getRequestHandler();

server.on("request", (request, response) => {
  if (shared[Symbol.for("cardesk.shutting-down")]) response.setHeader("Connection", "close");
  request.headers["x-forwarded-for"] = callerAddress(request);
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
// A proxy in front keeps its connections for about a minute; ours must outlive them.
server.keepAliveTimeout = 65_000;
server.listen({ port, host: hostname });

/** Take no new connection, let requests and then everything else in flight finish, end. */
async function shutDown(): Promise<void> {
  shared[Symbol.for("cardesk.shutting-down")] = true;
  const end = Date.now() + drainMs;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.race([closed, pause(drainMs - 5_000)]);
  const drain = shared[Symbol.for("cardesk.drain")];
  if (typeof drain === "function") {
    const drained = Promise.resolve(drain()).catch((error: unknown) => console.error(error));
    await Promise.race([drained, pause(end - Date.now())]);
  }
  process.exit(0);
}

/**
 * Where a request comes from, as sign-in counts and audit records it: the socket's other end, whatever the caller
 * claims. Behind a proxy (TRUST_PROXY=1) it is the entry that proxy appended, the last one.
 */
function callerAddress(request: IncomingMessage): string {
  const claimed = request.headers["x-forwarded-for"];
  const appended = trustProxy
    ? String(claimed ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : "";
  return appended || (request.socket.remoteAddress ?? "");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Hear of every value another module gives to a shared slot. */
function announce(slot: symbol, tell: (value: unknown) => void): void {
  let current: unknown;
  Object.defineProperty(globalThis, slot, {
    configurable: true,
    get: () => current,
    set: (value: unknown) => {
      current = value;
      if (value) tell(value);
    },
  });
}
