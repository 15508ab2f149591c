import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findProgram } from "../../test/support/find-program";
import { startHaproxy } from "../../test/support/haproxy";
import { findProxyTools, PROXY_HOST, selfSigned, startNginx } from "../../test/support/nginx";
import { drainFirst } from "../launcher/drain-first";
import { freePort } from "../launcher/free-port";

const LOOPBACK = "127.0.0.1";
const TURNS = 8;

type Seen = { at: string; line: string };
type StandIn = { name: string; server: Server; drain: () => void; behave: (how: Behaviour) => void };
/** "cut": closes every connection once the whole request is there, without an answer. "old": it is another build. */
type Behaviour = "serves" | "cut" | "old";

const tools = findProxyTools();
const haproxy = findProgram("haproxy");
if ("missing" in tools) {
  test("without nginx nothing is tested, and a line says so", () => {
    console.log(`${tools.missing}: several consoles behind a proxy are not tested`);
    expect(tools.missing).toBeTruthy();
  });
} else {
  type Start = (folder: string, ports: { http: number; https: number; consoles: number[] }) => Promise<Proxied>;
  const proxies: [string, Start][] = [
    ["nginx", (folder, { consoles, ...ports }) => startNginx(tools.nginx, folder, { ...ports, console: consoles })],
  ];
  if (haproxy)
    proxies.push(["HAProxy", (folder, site) => startHaproxy(haproxy, folder, { ...site, host: PROXY_HOST })]);
  else console.log("haproxy is not installed: several consoles are tested behind nginx alone");
  describe.each(proxies)("two consoles behind %s with its file in deploy", (_, start) => behind(start, tools.openssl));
}

type Proxied = { stop: () => Promise<void> };

function behind(
  start: (folder: string, ports: { http: number; https: number; consoles: number[] }) => Promise<Proxied>,
  openssl: string,
): void {
  let folder: string;
  let ca: Buffer;
  let proxy: Proxied | undefined;
  let https: number;
  let a: StandIn;
  let b: StandIn;
  const seen: Seen[] = [];

  beforeEach(async () => {
    seen.length = 0;
    folder = mkdtempSync(join(tmpdir(), "cardesk-proxy-"));
    ca = selfSigned(openssl, folder);
    [a, b] = await Promise.all([openStandIn("a", seen), openStandIn("b", seen)]);
    https = await freePort(LOOPBACK, 0);
    const http = await freePort(LOOPBACK, 0);
    proxy = await start(folder, { http, https, consoles: [portOf(a.server), portOf(b.server)] });
    await expect.poll(() => ask("GET /")).toBe("200 a");
    await expect.poll(() => ask("GET /")).toBe("200 b");
    seen.length = 0;
  });
  afterEach(async () => {
    await proxy?.stop();
    await Promise.all([a, b].map(({ server }) => close(server)));
    rmSync(folder, { recursive: true, force: true });
  });

  /** The status, and which console has answered; "none" if it was the proxy. */
  const ask = (line: string): Promise<string> => {
    const [method, path] = line.split(" ");
    return new Promise((resolve, reject) => {
      const target = { host: LOOPBACK, port: https, servername: PROXY_HOST, ca, agent: false };
      const headers = { host: PROXY_HOST, ...(method === "POST" && { "content-length": 4 }) };
      const sent = httpsRequest({ ...target, method, path, headers }, async (incoming) => {
        for await (const _ of incoming);
        resolve(`${incoming.statusCode} ${incoming.headers["x-console"] ?? "none"}`);
      });
      sent.on("error", reject);
      sent.end(method === "POST" ? "body" : undefined);
    });
  };
  const many = async (line: string): Promise<string[]> => {
    const answers: string[] = [];
    for (let turn = 0; turn < TURNS; turn++) answers.push(await ask(`${line}/${turn}`));
    return answers;
  };

  test("one that drains still serves, and the proxy goes to the other", async () => {
    a.drain();
    expect((await many("GET /page")).every((answer) => answer.startsWith("200"))).toBe(true);
    const posts = await many("POST /page");
    expect(posts.every((answer) => answer.startsWith("200"))).toBe(true);
    expect(seen.filter(({ line }) => line.startsWith("POST"))).toHaveLength(TURNS);
    // HAProxy learns it from its own checks, nginx from a page.
    await expect.poll(() => many("POST /later"), { timeout: 20_000 }).toEqual(Array(TURNS).fill("200 b"));
  });

  test("a POST that was sent is never sent again, though no answer came", async () => {
    for (const { behave } of [a, b]) behave("cut");
    expect(await ask("POST /page/0")).toBe("502 none");
    expect(seen.map(({ line }) => line)).toEqual(["POST /page/0"]);
  });

  test("a GET without an answer goes to the other console", async () => {
    a.behave("cut");
    expect(await many("GET /page")).toEqual(Array(TURNS).fill("200 b"));
  });

  test("where nobody listens nothing is sent, so a POST goes to the other console", async () => {
    await close(a.server);
    expect(await many("POST /page")).toEqual(Array(TURNS).fill("200 b"));
    expect(seen).toHaveLength(TURNS);
  });

  test("code that one build does not have comes from the other; a page that is missing is asked for once", async () => {
    a.behave("old");
    expect(await many("GET /_next/static/chunks")).toEqual(Array(TURNS).fill("200 b"));
    seen.length = 0;
    const pages = await many("GET /page");
    expect(seen).toHaveLength(TURNS);
    expect(new Set(pages)).toEqual(new Set(["404 a", "200 b"]));
  });
}

async function openStandIn(name: string, seen: Seen[]): Promise<StandIn> {
  let behaviour: Behaviour = "serves";
  const drain = drainFirst((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isCheck = request.url === "/api/health";
      if (!isCheck) seen.push({ at: name, line: `${request.method} ${request.url}` });
      if (behaviour === "cut" && !isCheck) return request.socket.destroy();
      response.writeHead(behaviour === "old" && !isCheck ? 404 : 200, { "x-console": name });
      response.end(name);
    });
  }, 0);
  const server = createServer(drain.handler);
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const behave = (how: Behaviour) => {
    behaviour = how;
  };
  return { name, server, drain: () => void drain.begin(), behave };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}
