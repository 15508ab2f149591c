import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type AskedPage, beforePage, type PageInstead } from "./before-page";

const SIGNED_IN = { cookie: "theme=dark; authjs.session-token=sealed" };
const servers: Server[] = [];

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; text: string };
type Sent = { method?: string; headers?: Record<string, string> };
type Pages = {
  port: number;
  server: Server;
  ask: (path: string, sent?: Sent) => Promise<Answer>;
  /** The address that each request which came through was given; undefined where it was given none. */
  passed: (string | string[] | undefined)[];
};

const there: PageInstead = async () => null;

type Page = (response: ServerResponse) => Promise<void>;

async function open(instead: () => PageInstead | undefined = () => there, page?: Page): Promise<Pages> {
  const passed: Pages["passed"] = [];
  const pages = beforePage(instead, async (request, response) => {
    passed.push(request.headers["x-cardesk-path"]);
    if (page) return page(response);
    response.end("passed");
  });
  const server = createServer((request, response) => {
    pages(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string, { method = "GET", headers = {} }: Sent = {}) => {
    const sent = httpRequest({ host: "127.0.0.1", port, path, method, headers });
    sent.end();
    const [answer] = await once(sent, "response");
    let text = "";
    for await (const chunk of answer) text += chunk;
    return { status: answer.statusCode, headers: answer.headers, text };
  };
  return { port, server, ask, passed };
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test.each([
  ["/", "/login"],
  ["/cards", "/login?callbackUrl=%2Fcards"],
  ["/cards?page=2&sort=balance", "/login?callbackUrl=%2Fcards%3Fpage%3D2%26sort%3Dbalance"],
  ["/api", "/login?callbackUrl=%2Fapi"],
  ["/loginx", "/login?callbackUrl=%2Floginx"],
  // Of another site it is no path after the sign-in (lib/web/auth/safe-path.ts), nor the target here.
  ["//evil.example/cards", "/login?callbackUrl=%2F%2Fevil.example%2Fcards"],
])("%s without a session cookie is sent to %s", async (path, location) => {
  const { ask, passed } = await open();
  for (const method of ["GET", "HEAD"]) {
    const answer = await ask(path, { method, headers: { cookie: "theme=dark; xauthjs.session-token=1" } });
    expect(answer).toMatchObject({ status: 307, text: "", headers: { location, "cache-control": "no-store" } });
  }
  expect(passed).toEqual([]);
});

test.each(["authjs.session-token=x", "a=b; __Host-authjs.session-token=x", "authjs.session-token.0=x"])(
  "with the cookie %s the page is rendered, and told its address",
  async (cookie) => {
    const { ask, passed } = await open();
    expect((await ask("/cards?page=2", { headers: { cookie } })).text).toBe("passed");
    expect(passed).toEqual(["/cards?page=2"]);
  },
);

test("the mark of Next's client router is in no address, and such a request is redirected as any other", async () => {
  const { ask, passed } = await open();
  const headers = { rsc: "1", "next-router-prefetch": "1" };
  const answer = await ask("/cards?page=2&_rsc=1a2b3", { headers });
  expect(answer).toMatchObject({ status: 307, headers: { location: "/login?callbackUrl=%2Fcards%3Fpage%3D2" } });
  await ask("/cards?_rsc=1a2b3", { headers: { ...headers, ...SIGNED_IN } });
  await ask("/cards?%5Frsc=1a2b3&q=a%20b", { headers: { ...headers, ...SIGNED_IN } });
  expect(passed).toEqual(["/cards", "/cards?q=a+b"]);
});

test.each(["/login", "/setup?token=1"])("%s needs no session", async (path) => {
  const { ask, passed } = await open();
  expect((await ask(path)).status).toBe(200);
  expect(passed).toEqual([path]);
});

test.each(["/api/cards/list", "/_next/static/chunks/a", "/icon.png", "/missing.png?x=1"])(
  "%s is no page, and nothing is asked",
  async (path) => {
    const { ask, passed } = await open(() => () => Promise.reject(new Error("asked")));
    expect((await ask(path)).text).toBe("passed");
    expect(passed).toEqual([undefined]);
  },
);

test.each(["/cards", "/api/cards/list", "/icon.png"])("a client can't name the address of %s", async (path) => {
  const { ask, passed } = await open();
  await ask(path, { headers: { ...SIGNED_IN, "x-cardesk-path": "/forged" } });
  expect(passed).not.toContain("/forged");
  expect(passed).toHaveLength(1);
});

test("an action passes without a session, and while no page can be rendered", async () => {
  const { ask, passed } = await open(() => () => Promise.reject(new Error("asked")));
  expect((await ask("/cards?page=2", { method: "POST" })).text).toBe("passed");
  expect(passed).toEqual(["/cards?page=2"]);
});

test.each(["GET", "HEAD", "POST"])("a NUL in the address is refused (%s)", async (method) => {
  const { ask, passed } = await open();
  for (const path of ["/cards/%00", "/cards?name=%00"])
    expect(await ask(path, { method, headers: SIGNED_IN })).toMatchObject({ status: 400, text: "" });
  expect(passed).toEqual([]);
});

test("what is answered instead of a page comes whole, with the headers that are set already", async () => {
  const asked: AskedPage[] = [];
  const { ask, passed } = await open(() => async (page) => {
    asked.push(page);
    return new Response("<p>数据库</p>", { status: 503, headers: { "retry-after": "5", "content-type": "text/html" } });
  });
  const headers = { ...SIGNED_IN, "content-security-policy": "script-src 'nonce-a'" };
  const answer = await ask("/login", { headers });
  expect(answer).toMatchObject({ status: 503, text: "<p>数据库</p>" });
  expect(answer.headers).toMatchObject({ "retry-after": "5", "content-type": "text/html", "content-length": "16" });
  expect(await ask("/login", { method: "HEAD" })).toMatchObject({ status: 503, text: "" });
  expect(asked[0]).toEqual({ cookie: SIGNED_IN.cookie, policy: "script-src 'nonce-a'" });
  expect(passed).toEqual([]);
});

test("until there is anybody to ask, pages wait with Next", async () => {
  const { ask, passed } = await open(() => undefined);
  expect((await ask("/cards", { headers: SIGNED_IN })).text).toBe("passed");
  expect((await ask("/cards")).status).toBe(307);
  expect(passed).toEqual(["/cards"]);
});

test("a page of somebody who has left meanwhile is not rendered", async () => {
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const { port, server, ask, passed } = await open(() => async () => {
    asked.resolve();
    await gone.promise;
    return null;
  });
  const leaving = httpRequest({ host: "127.0.0.1", port, path: "/cards", headers: SIGNED_IN });
  leaving.on("error", () => {});
  leaving.end();
  await asked.promise;
  const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
  leaving.destroy();
  await expect.poll(connections).toBe(0);
  gone.resolve();
  expect((await ask("/login")).text).toBe("passed");
  expect(passed).toEqual(["/login"]);
});

/** What a client reads from its socket, read by read, of a page that is written like this. */
async function readsOf(page: (response: ServerResponse, read: (what: string) => Promise<void>) => Promise<void>) {
  const reads: string[] = [];
  const read = (what: string) =>
    expect
      .poll(() => reads.join(""))
      .toContain(what)
      .then(() => {});
  const { port } = await open(undefined, (response) => page(response, read));
  const socket = connect(port, "127.0.0.1");
  socket.on("data", (data: Buffer) => reads.push(data.toString()));
  socket.write(`GET /cards HTTP/1.1\r\nhost: x\r\ncookie: ${SIGNED_IN.cookie}\r\nconnection: close\r\n\r\n`);
  await once(socket, "close");
  return reads;
}

test("head, page and end leave together where they come together", async () => {
  const reads = await readsOf(async (response) => {
    response.flushHeaders();
    response.write("first");
    await Promise.resolve();
    response.write("second");
    response.end();
  });
  expect(reads).toHaveLength(1);
  expect(reads[0]).toMatch(/^HTTP\/1\.1 200 OK\r\n(.|\s)*first(.|\s)*second(.|\s)*\r\n0\r\n\r\n$/);
});

test("what is ready does not wait for the rest of the page", async () => {
  const reads = await readsOf(async (response, read) => {
    response.flushHeaders();
    response.write("first");
    await read("first");
    response.write("second");
    await read("second");
    response.end();
  });
  expect(reads.length).toBeGreaterThan(1);
  expect(reads.at(-1)).toMatch(/0\r\n\r\n$/);
});
