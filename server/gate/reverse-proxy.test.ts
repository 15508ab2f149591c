import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  findProxyTools,
  type Nginx,
  PROXY_HOST,
  type ProxyTools,
  selfSigned,
  startNginx,
} from "../../test/support/nginx";
import { freePort } from "../launcher/free-port";
import { type Refused, requestGate } from "./request-gate";

const HOST = PROXY_HOST;
const ORIGIN = `https://${HOST}`;
/** Linux answers at all of 127.0.0.0/8: the proxy is one machine, the client another. */
const PROXY = "127.0.0.1";
const CLIENT = "127.0.0.7";
const ACTION = "40".padEnd(42, "a");
const COOKIES = [
  "__Host-authjs.session-token=x.y-z; Path=/; HttpOnly; Secure; SameSite=Lax",
  "__Host-cardesk.devices=a; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax",
];
const action = { origin: ORIGIN, "content-type": "text/plain;charset=UTF-8", "next-action": ACTION };

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; rawHeaders: string[]; text: string };
type Seen = { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string };
type Sent = { headers?: Record<string, string>; body?: string };

const tools = findProxyTools();
if ("missing" in tools) {
  test("without nginx nothing is tested, and a line says so", () => {
    console.log(`${tools.missing}: the reverse proxy is not tested`);
    expect(tools.missing).toBeTruthy();
  });
} else {
  describe("behind nginx with deploy/nginx.conf", () => behind(tools));
}

function behind({ nginx, openssl }: Exclude<ProxyTools, { missing: string }>): void {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-nginx-"));
  const seen: Seen[] = [];
  const refused: Refused[] = [];
  let console_: Server;
  let proxy: Nginx | undefined;
  let ports: { http: number; https: number };
  let ca: Buffer;

  beforeAll(async () => {
    ca = selfSigned(openssl, folder);
    console_ = await openConsole(seen, refused);
    ports = { http: await freePort(PROXY, 0), https: await freePort(PROXY, 0) };
    proxy = await startNginx(nginx, folder, { ...ports, console: portOf(console_) });
  });
  beforeEach(() => {
    seen.length = 0;
    refused.length = 0;
  });
  afterAll(async () => {
    await proxy?.stop();
    console_?.closeAllConnections();
    if (console_) await new Promise((resolve) => console_.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const through = (line: string, sent: Sent = {}) =>
    exchange(httpsRequest, line, sent, { port: ports.https, host: PROXY, servername: HOST, ca });
  const around = (line: string, sent: Sent = {}) =>
    exchange(httpRequest, line, sent, { port: portOf(console_), host: PROXY });

  test("a page comes through, over HTTP/1.1 and HTTP/2", async () => {
    expect(await through("GET /cards?page=2")).toMatchObject({ status: 200, text: "passed" });
    expect(await overHttp2(ports.https, ca)).toBe(200);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /cards?page=2", "GET /over-http2"]);
  });

  test("a POST and an action come through whole", async () => {
    const note = JSON.stringify([{ note: "额度卡".repeat(5_000) }]);
    const ids = "x".repeat(500_000);
    const headers = { origin: ORIGIN, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    expect(await through("POST /cards", { headers: action, body: note })).toMatchObject({ status: 200 });
    expect(await through("POST /api/cards/export", { headers, body: ids })).toMatchObject({ status: 200 });
    expect(seen.map(({ body }) => body)).toEqual([note, ids]);
    expect(seen[0]?.headers["next-action"]).toBe(ACTION);
  });

  test("the client's address is what nginx saw, whatever the client says about itself", async () => {
    const headers = {
      "x-forwarded-for": `6.6.6.6, ${PROXY}`,
      "x-real-ip": "6.6.6.6",
      "x-forwarded-proto": "http",
      forwarded: "for=6.6.6.6",
    };
    await through("GET /", { headers });
    await through("GET /", { headers: { ...headers, "x-forwarded-for": "6.6.6.6" } });
    for (const each of seen) {
      expect(each.headers).toMatchObject({ "x-forwarded-for": CLIENT, "x-forwarded-proto": "https" });
      expect(JSON.stringify(each.headers)).not.toContain("6.6.6.6");
    }
    expect(seen).toHaveLength(2);
    await through("DELETE /", { headers });
    expect(refused).toEqual([{ status: 405, reason: "method", address: CLIENT }]);
  });

  test("who sits at the proxy's own machine can't name another address either", async () => {
    const target = { port: ports.https, host: PROXY, servername: HOST, ca, localAddress: PROXY };
    await exchange(httpsRequest, "GET /", { headers: { "x-forwarded-for": "6.6.6.6" } }, target);
    expect(seen[0]?.headers["x-forwarded-for"]).toBe(PROXY);
  });

  test("who goes around the proxy is believed nothing", async () => {
    const forwarded = { "x-forwarded-for": "6.6.6.6", "x-forwarded-host": HOST, "x-forwarded-proto": "http" };
    await around("GET /", { headers: { ...forwarded, host: HOST } });
    expect(seen[0]?.headers).toMatchObject({ "x-forwarded-for": CLIENT, "x-forwarded-proto": "https" });
    expect(await around("GET /", { headers: { ...forwarded, host: "evil.example" } })).toMatchObject({ status: 421 });
    expect(refused).toEqual([{ status: 421, reason: "host", address: CLIENT }]);
  });

  test("another host is refused, also when the client forwards the right one", async () => {
    const host = "evil.example";
    expect(await through("GET /", { headers: { host } })).toMatchObject({ status: 421 });
    expect(await through("GET /", { headers: { host, "x-forwarded-host": HOST } })).toMatchObject({ status: 421 });
    expect(seen).toEqual([]);
  });

  test("another origin, and plain http of our own host, are refused", async () => {
    for (const origin of ["https://evil.example", `http://${HOST}`])
      expect(await through("POST /cards", { headers: { ...action, origin }, body: "[{}]" })).toMatchObject({
        status: 403,
      });
    expect(seen).toEqual([]);
  });

  test.each(["/", "/api/health"])("%s says HSTS and its policy once, and its cookies are unchanged", async (path) => {
    const { headers, rawHeaders } = await through(`GET ${path}`);
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    for (const name of ["strict-transport-security", "content-security-policy", "x-frame-options"])
      expect(names.filter((each) => each === name)).toEqual([name]);
    expect(headers["set-cookie"]).toEqual(COOKIES);
  });

  test("a body over the limit is answered 413: by Cardesk, and by nginx before it is sent on", async () => {
    const post = (kilobytes: number) =>
      through("POST /cards", { headers: action, body: JSON.stringify(["x".repeat(kilobytes * 1024)]) });
    expect(await post(100)).toMatchObject({ status: 413, text: "The request is larger than 64 KB.\n" });
    expect(refused).toEqual([{ status: 413, reason: "too_large", address: CLIENT }]);
    expect(await post(1_100)).toMatchObject({ status: 413 });
    expect(refused).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  test("plain http is sent to https, to our own name only", async () => {
    const plain = (host: string) =>
      exchange(httpRequest, "GET /cards?page=2", { headers: { host } }, { port: ports.http, host: PROXY });
    for (const host of [HOST, "evil.example"]) {
      const { status, headers } = await plain(host);
      expect({ status, location: headers.location }).toEqual({ status: 301, location: `${ORIGIN}/cards?page=2` });
    }
    expect(seen).toEqual([]);
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** The real gate; behind it stands a page that says "passed" and sets the cookies of a sign-in. */
async function openConsole(seen: Seen[], refused: Refused[]): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, PROXY, resolve));
  const gate = requestGate(
    {
      appUrl: ORIGIN,
      host: PROXY,
      port: portOf(server),
      trustProxy: PROXY,
      actionIds: new Set([ACTION]),
      onRefused: (refusal) => refused.push(refusal),
    },
    async (request, response) => {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += chunk;
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.setHeader("set-cookie", COOKIES);
      response.end("passed");
    },
  );
  server.on("request", gate);
  return server;
}

type Target = { port: number; host: string; servername?: string; ca?: Buffer; localAddress?: string };

/** One request, from the client's address unless the target says otherwise; `line` is "GET /cards". */
function exchange(
  request: typeof httpRequest | typeof httpsRequest,
  line: string,
  { headers = {}, body }: Sent,
  target: Target,
): Promise<Answer> {
  const [method, path] = line.split(" ");
  const length: Record<string, number> = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        localAddress: CLIENT,
        ...target,
        method,
        path,
        agent: false,
        headers: { host: HOST, ...length, ...headers },
      },
      async (incoming) => {
        let text = "";
        for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
        resolve({ status: incoming.statusCode, headers: incoming.headers, rawHeaders: incoming.rawHeaders, text });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function overHttp2(port: number, ca: Buffer): Promise<number | undefined> {
  const session = connectHttp2(`https://${PROXY}:${port}`, { ca, servername: HOST });
  const stream = session.request({ ":path": "/over-http2", ":authority": HOST });
  const [headers] = await once(stream, "response");
  stream.resume();
  await once(stream, "end");
  session.close();
  return headers[":status"];
}
