import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { MAX_PASTED_BODY } from "@/lib/find/schemas";
import { type GateOptions, type Refused, requestGate } from "./request-gate";

const ACTION = "40".padEnd(42, "a");
const servers: Server[] = [];

type Seen = { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string };
type Gate = { port: number; server: Server; seen: Seen[]; refused: Refused[] };

async function open(options: Partial<GateOptions> = {}): Promise<Gate> {
  const seen: Seen[] = [];
  const refused: Refused[] = [];
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const given = { appUrl: undefined, host: "127.0.0.1", port, trustProxy: "", ...options };
  const gate = requestGate({ ...given, onRefused: (refusal) => refused.push(refusal) }, async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.end("passed");
  });
  server.on("request", gate);
  return { port, server, seen, refused };
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Send bytes as they are; resolves with the answer when the connection has ended. */
function exchange(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    socket.on("close", () => resolve(answer)).on("error", (error) => (answer ? undefined : reject(error)));
    for (const piece of pieces) socket.write(piece);
  });
}

const head = (line: string, headers: Record<string, string | number>): string =>
  `${[`${line} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`;

const postHeaders = (port: number, more: Record<string, string | number> = {}) => ({
  Host: `127.0.0.1:${port}`,
  Origin: `http://127.0.0.1:${port}`,
  "Content-Type": "text/plain;charset=UTF-8",
  "Next-Action": ACTION,
  Connection: "close",
  ...more,
});

const statusOf = (answer: string): number => Number(answer.split(" ")[1]);

test("an action's body arrives whole and unchanged, however it was cut on the way", async () => {
  const { port, seen } = await open();
  const body = JSON.stringify([{ note: "额度卡".repeat(5_000) }]);
  const bytes = Buffer.from(body);
  const answer = await exchange(
    port,
    head("POST /cards", postHeaders(port, { "Content-Length": bytes.length })),
    ...[0, 1, 2, 3].map((quarter) =>
      bytes.subarray((quarter * bytes.length) >> 2, ((quarter + 1) * bytes.length) >> 2),
    ),
  );
  expect(statusOf(answer)).toBe(200);
  expect(seen[0]?.body).toBe(body);
});

test.each([
  ["announced", (port: number) => [head("POST /cards", postHeaders(port, { "Content-Length": 300_000_000 }))]],
  [
    "streamed",
    (port: number) => [
      head("POST /cards", postHeaders(port, { "Transfer-Encoding": "chunked" })),
      ...Array.from({ length: 40 }, () => `1000\r\n${"x".repeat(0x1000)}\r\n`),
    ],
  ],
])("a body over the limit, %s, is answered 413 and its connection closed", async (_, pieces) => {
  const { port, seen, refused } = await open();
  const answer = await exchange(port, ...pieces(port));
  expect(statusOf(answer)).toBe(413);
  expect(answer.toLowerCase()).toContain("connection: close");
  expect(seen).toEqual([]);
  expect(refused).toEqual([{ status: 413, reason: "too_large", address: "127.0.0.1" }]);
});

test("of a refused body little more is read, however long the client goes on", async () => {
  const { port, server } = await open();
  const connected = once(server, "connection") as Promise<[Socket]>;
  const chunks = Array.from({ length: 500 }, () => `10000\r\n${"x".repeat(0x10000)}\r\n`);
  const answer = await exchange(
    port,
    head("POST /cards", postHeaders(port, { "Transfer-Encoding": "chunked" })),
    ...chunks,
  );
  expect(statusOf(answer)).toBe(413);
  const [socket] = await connected;
  expect(socket.bytesRead).toBeGreaterThan(1024 * 1024);
  expect(socket.bytesRead).toBeLessThan(2 * 1024 * 1024);
});

test("a selection of thousands of cards may be exported", async () => {
  const { port, seen } = await open();
  const body = "x".repeat(500_000);
  const headers = postHeaders(port, { "Content-Type": "application/json", "Content-Length": body.length });
  expect(statusOf(await exchange(port, head("POST /api/cards/export", headers), body))).toBe(200);
  expect(seen[0]?.body).toHaveLength(500_000);
});

test.each(["/api/find/many", "/api/find/many/export"])(
  "a paste of thousands of lines may be sent to %s, and no more",
  async (path) => {
    const { port, seen } = await open();
    const sent = (length: number) => {
      const headers = postHeaders(port, { "Content-Type": "application/json", "Content-Length": length });
      return exchange(port, head(`POST ${path}`, headers), "x".repeat(length));
    };
    expect(statusOf(await sent(MAX_PASTED_BODY))).toBe(200);
    expect(statusOf(await sent(700_000))).toBe(413);
    expect(seen).toHaveLength(1);
  },
);

test("exports sent by half take each other's places and nobody else's, and give them back", async () => {
  const { port, seen, refused } = await open();
  const half = head("POST /api/cards/export", postHeaders(port, { "Content-Length": 1_000 }));
  const strangers = Array.from({ length: 40 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  for (const stranger of strangers) stranger.write(half);
  await expect.poll(() => refused.length).toBe(24);
  expect(refused).toContainEqual({ status: 503, reason: "busy", address: "127.0.0.1" });

  const post = (path: string) =>
    exchange(port, head(`POST ${path}`, postHeaders(port, { "Content-Length": 4 })), "[{}]");
  expect(statusOf(await post("/cards"))).toBe(200);
  expect(statusOf(await post("/api/cards/export"))).toBe(503);
  for (const stranger of strangers) stranger.destroy();
  await expect.poll(async () => statusOf(await post("/api/cards/export"))).toBe(200);
  expect(seen.map(({ url }) => url)).toEqual(["/cards", "/api/cards/export"]);
});

test.each([
  ["DELETE /cards", {}, 405, "method"],
  ["GET /cards", { "Content-Length": 3 }, 413, "body_of_get"],
  ["GET /cards", { "Transfer-Encoding": "chunked" }, 413, "body_of_get"],
  ["GET /cards", { Host: "evil.example" }, 421, "host"],
  ["GET /api/health", { Host: "evil.example" }, 421, "host"],
  ["POST /cards", { Origin: "https://evil.example" }, 403, "origin"],
  ["POST /cards", { Origin: "null" }, 403, "origin"],
  ["POST /cards", { "Sec-Fetch-Site": "cross-site" }, 403, "origin"],
  ["POST /cards", { "Sec-Fetch-Site": "same-site" }, 403, "origin"],
  ["POST /cards", { "Next-Action": "constructor" }, 400, "bad_action"],
  ["POST /cards", { "Content-Type": "multipart/form-data; boundary=x" }, 400, "bad_action"],
])("%s with %j is answered %i", async (line, headers, status, reason) => {
  const { port, seen, refused } = await open();
  const posts = line.startsWith("POST");
  const length: Record<string, number> = posts ? { "Content-Length": 4 } : {};
  const request = head(line, { ...postHeaders(port), ...length, ...headers });
  const answer = await exchange(port, request, posts ? "[{}]" : "");
  expect(statusOf(answer)).toBe(status);
  expect(seen).toEqual([]);
  expect(refused).toEqual([{ status, reason, address: "127.0.0.1" }]);
});

test("an action that the build does not have is answered as Next would, and does not reach it", async () => {
  const { port, seen, refused } = await open({ actionIds: new Set([ACTION]) });
  const post = (action: string) =>
    exchange(port, head("POST /cards", postHeaders(port, { "Next-Action": action, "Content-Length": 4 })), "[{}]");
  const answer = await post(ACTION.replace("a", "b"));
  expect(statusOf(answer)).toBe(404);
  expect(answer.toLowerCase()).toContain("x-nextjs-action-not-found: 1");
  expect(seen).toEqual([]);
  expect(refused).toEqual([{ status: 404, reason: "unknown_action", address: "127.0.0.1" }]);
  expect(statusOf(await post(ACTION))).toBe(200);
});

test("without an origin a POST is refused", async () => {
  const { port } = await open();
  const { Origin: _, ...headers } = postHeaders(port, { "Content-Length": 4 });
  expect(statusOf(await exchange(port, head("POST /cards", headers), "[{}]"))).toBe(403);
});

test("a page of another site may lead a browser back here: single sign-on's callback, with all its query", async () => {
  const { port, seen } = await open();
  const path = `/api/auth/callback/oidc?code=c&state=${"s".repeat(2_000)}`;
  const headers = { Host: `127.0.0.1:${port}`, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" };
  expect(statusOf(await exchange(port, head(`GET ${path}`, { ...headers, Connection: "close" })))).toBe(200);
  expect(seen[0]).toMatchObject({ url: path, headers: { "x-forwarded-host": `127.0.0.1:${port}` } });
  expect(
    statusOf(await exchange(port, head(`GET ${path}`, { ...headers, Host: "elsewhere.example", Connection: "close" }))),
  ).toBe(421);
});

test("only the host of APP_URL is served, health on this machine's own names too", async () => {
  const { port } = await open({ appUrl: "https://desk.example" });
  const get = (path: string, host: string) => exchange(port, head(`GET ${path}`, { Host: host, Connection: "close" }));
  expect(statusOf(await get("/cards", "desk.example"))).toBe(200);
  expect(statusOf(await get("/cards", "DESK.example:443"))).toBe(200);
  expect(statusOf(await get("/cards", `127.0.0.1:${port}`))).toBe(421);
  expect(statusOf(await get("/api/health", `127.0.0.1:${port}`))).toBe(200);
  expect(statusOf(await get("/api/health?x", `localhost:${port}`))).toBe(200);
  expect(statusOf(await get("/api/metrics", `127.0.0.1:${port}`))).toBe(200);
});

test("forwarded headers are replaced unless a trusted proxy sent them", async () => {
  const sent = {
    Host: "desk.example",
    Connection: "close",
    "X-Forwarded-For": "6.6.6.6, 203.0.113.9, 127.0.0.5",
    "X-Forwarded-Proto": "ftp",
    "X-Middleware-Subrequest": "proxy",
    Forwarded: "for=6.6.6.6",
  };
  const appUrl = "https://desk.example";
  const stranger = await open({ appUrl });
  await exchange(stranger.port, head("GET /", sent));
  expect(stranger.seen[0]?.headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" });
  expect(stranger.seen[0]?.headers).not.toHaveProperty("forwarded");
  expect(stranger.seen[0]?.headers).not.toHaveProperty("x-middleware-subrequest");

  const proxied = await open({ appUrl, trustProxy: "127.0.0.0/8" });
  await exchange(proxied.port, head("GET /", { ...sent, Host: "10.0.0.3:3000", "X-Forwarded-Host": "desk.example" }));
  expect(proxied.seen[0]?.headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "desk.example",
  });
});

test("a refused request does not leave its connection waiting", async () => {
  const { port } = await open();
  const { Connection: _, ...headers } = postHeaders(port, { "Content-Length": 1_000_000 });
  expect(statusOf(await exchange(port, head("POST /cards", headers), "half"))).toBe(413);
});

test("every answer says how little it may do; scripts run by a nonce of the page's own", async () => {
  const { port, seen } = await open({ appUrl: "https://desk.example" });
  const get = (path: string, host = "desk.example") =>
    exchange(port, head(`GET ${path}`, { Host: host, Connection: "close" }));
  const [page, again, data, refused] = [await get("/"), await get("/"), await get("/api/x"), await get("/", "evil")];
  for (const answer of [page, data, refused]) {
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    expect(answer).toMatch(/\r\ncross-origin-resource-policy: same-origin\r\n/i);
    expect(answer).toMatch(/\r\nstrict-transport-security: max-age=\d{8}\r\n/i);
    expect(answer).not.toContain("script-src 'self' 'unsafe-inline'");
  }
  const nonceOf = (answer: string) => /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(answer)?.[1];
  expect(nonceOf(page)).toBeTruthy();
  expect(nonceOf(page)).not.toBe(nonceOf(again));
  expect(seen[0]?.headers["content-security-policy"]).toContain(nonceOf(page));
  expect(data).toContain("default-src 'none'");
});

test("the answer that deletes the session's cookie empties the cache", async () => {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  server.on(
    "request",
    requestGate({ appUrl: undefined, host: "127.0.0.1", port, trustProxy: "" }, ({ url }, response) => {
      response.setHeader("set-cookie", ["a=b", `authjs.session-token=${url === "/out" ? "" : "x"}; Path=/`]);
      response.end();
    }),
  );
  const get = (path: string) => exchange(port, head(`GET ${path}`, { Host: `127.0.0.1:${port}`, Connection: "close" }));
  expect(await get("/out")).toMatch(/\r\nclear-site-data: "cache"\r\n/i);
  expect(await get("/in")).not.toMatch(/clear-site-data/i);
});

test.each<[string, Record<string, string>]>([
  ["GET /operations/%FF", {}],
  ["GET /cards/%?page=2", {}],
  ["GET /cards", { RSC: "1", "Next-Router-State-Tree": "zq" }],
])("what Next could not read is answered 400 and never reaches it: %s %o", async (line, headers) => {
  const { port, seen, refused } = await open();
  const answer = await exchange(port, head(line, { Host: `127.0.0.1:${port}`, ...headers }));
  expect(statusOf(answer)).toBe(400);
  expect(refused.map(({ reason }) => reason)).toEqual(["bad_head"]);
  expect(seen).toEqual([]);
});
