import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DrainFirst, drainFirst, PASSES_ON } from "./drain-first";

let server: Server;
let drain: DrainFirst;
const DRAIN_MS = 5_000;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  drain = drainFirst((_, response) => response.end("served"), DRAIN_MS);
  server = createServer(drain.handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Answer = { status: number | undefined; text: string; connection: string | undefined };

/** `line` is "GET /cards". */
function send(line: string, headers: IncomingHttpHeaders = {}): Promise<Answer> {
  const [method, path] = line.split(" ");
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port, method, path, headers }, async (incoming) => {
      let text = "";
      for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
      resolve({ status: incoming.statusCode, text, connection: incoming.headers.connection });
    });
    sent.on("error", reject);
    sent.end();
  });
}

const passesOn = { [PASSES_ON]: "1" };
const served = { status: 200, text: "served" };

test("before a stop everything is served, whatever the proxy says of itself", async () => {
  for (const line of ["GET /api/health", "GET /cards", "POST /cards"])
    expect(await send(line, passesOn)).toMatchObject(served);
});

test("while it drains, the health check says 503, and what comes is still served on a connection that ends", async () => {
  void drain.begin();
  expect(await send("GET /api/health")).toMatchObject({ status: 503, text: '{"ok":false}' });
  for (const line of ["GET /cards", "POST /cards", "GET /api/health/read"])
    expect(await send(line)).toEqual({ ...served, connection: "close" });
});

test("a proxy that passes a GET on is told so; a POST is served and never sent elsewhere", async () => {
  void drain.begin();
  expect(await send("GET /cards", passesOn)).toMatchObject({ status: 502 });
  expect(await send("HEAD /cards", passesOn)).toMatchObject({ status: 502 });
  expect(await send("POST /cards", passesOn)).toMatchObject(served);
});

test("it lasts as long as it was given, and no time when it was given none", async () => {
  const ended = vi.fn();
  const draining = drain.begin().then(ended);
  await vi.advanceTimersByTimeAsync(DRAIN_MS - 1);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await draining;
  expect(ended).toHaveBeenCalledOnce();
  await drainFirst(() => undefined, 0).begin();
});
