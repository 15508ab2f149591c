import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { postGuarded } from "./post-guarded";
import { isAllowed, type Resolve, targetOf } from "./resolve-public";
import { sendMessage } from "./send-message";

let server: Server;
let port: number;
let answer: RequestListener = (_, response) => response.end();
let seen: { host: string | undefined; url: string | undefined; body: string }[] = [];

const allow = (hosts: string) => {
  sharedSlot("env").value = parseEnv({ NODE_ENV: "test", ALERT_PRIVATE_HOSTS: hosts });
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    seen.push({ host: request.headers.host, url: request.url, body: Buffer.concat(parts).toString() });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  seen = [];
  answer = (_, response) => response.end();
});

const post = (url: string, resolve?: Resolve) => postGuarded({ url, headers: {}, body: "{}" }, resolve);
const at =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("what is not on the internet is refused before a connection", () => {
  test.each([
    "https://127.0.0.1",
    "https://127.1",
    "https://0x7f000001",
    "https://2130706433",
    "https://localhost",
    "https://alerts.localhost.",
    "https://[::1]",
    "https://[::]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:10.0.0.1]",
    "https://[::127.0.0.1]",
    "https://[::ffff:0:7f00:1]",
    "https://[64:ff9b::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://[fd00::1]",
    "https://[fe80::1]",
    "https://[fec0::1]",
    "https://[ff02::1]",
    "https://0.0.0.0",
    "https://10.1.2.3",
    "https://100.64.0.1",
    "https://169.254.169.254",
    "https://172.31.0.1",
    "https://192.168.1.1",
    "https://224.0.0.1",
    "https://255.255.255.255",
  ])("%s", async (url) => {
    allow("");
    await expect(post(url)).rejects.toMatchObject({ key: "private_address" });
  });

  test.each([
    ["a private one", at("10.0.0.1")],
    ["this machine", at("127.0.0.1")],
    ["the credentials of a cloud", at("169.254.169.254")],
    ["a mapped one", at("::ffff:127.0.0.1")],
    ["a public one and a private one", at("93.184.216.34", "fd00::1")],
  ])("a name that resolves to %s", async (_what, resolve) => {
    allow("");
    await expect(post(`https://alerts.example:${port}/`, resolve)).rejects.toMatchObject({ key: "private_address" });
    expect(seen).toEqual([]);
  });

  test("http, even to a public address", async () => {
    allow("");
    await expect(post("http://alerts.example", at("93.184.216.34"))).rejects.toMatchObject({ key: "private_address" });
  });
});

describe("a host that was allowed", () => {
  test("is reached at the address that was checked, under its own name", async () => {
    allow("alerts.example");
    answer = (_, response) => response.end("taken");
    const resolve = at("127.0.0.1");
    expect(await post(`http://alerts.example:${port}/hook?x=1`, resolve)).toEqual({ status: 200, body: "taken" });
    expect(seen).toEqual([{ host: `alerts.example:${port}`, url: "/hook?x=1", body: "{}" }]);
  });

  test("with a port is allowed on that port alone, however an IPv6 address is written", async () => {
    allow(`alerts.example:${port},[fd00:0:0::5]:${port}`);
    const resolve = at("127.0.0.1");
    expect(await post(`http://alerts.example:${port}/`, resolve)).toMatchObject({ status: 200 });
    for (const url of ["http://alerts.example/", `http://alerts.example:${port + 1}/`, "http://[fd00::5]/"])
      await expect(post(url, resolve)).rejects.toMatchObject({ key: "private_address" });
    await expect(post("https://alerts.example/", resolve)).rejects.toMatchObject({ key: "private_address" });
    expect([`[fd00::5]:${port}`, "[fd00::5]:1"].map((host) => isAllowed(targetOf(new URL(`http://${host}/`))))).toEqual(
      [true, false],
    );
    expect(isAllowed({ host: "FD00:0::5", port })).toBe(true);
  });

  test("allows no other", async () => {
    allow("alerts.example");
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ key: "private_address" });
    expect(seen).toEqual([]);
  });

  test("is not followed where it redirects to", async () => {
    allow("127.0.0.1");
    answer = (_, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ key: "redirected", details: "HTTP 307" });
    expect(seen.map(({ url }) => url)).toEqual(["/"]);
  });

  test("may say what it wants: no more than 64 KB of it are read", async () => {
    allow("127.0.0.1");
    answer = (_, response) => {
      const more = () => {
        while (response.writable && response.write("x".repeat(16_384)));
      };
      response.on("drain", more);
      more();
    };
    expect((await post(`http://127.0.0.1:${port}/`)).body).toHaveLength(65_536);
  });

  test("that wants to speak another protocol is answered for: nothing waits for it for ever", async () => {
    allow("127.0.0.1");
    answer = (request) =>
      request.socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ key: "connection" });
  });

  test("that refuses the connection, and one without a name", async () => {
    allow("127.0.0.1,nowhere.example");
    await expect(post("http://127.0.0.1:1/")).rejects.toMatchObject({ key: "connection", details: "ECONNREFUSED" });
    const unknown: Resolve = () => Promise.reject(new Error("ENOTFOUND"));
    await expect(post("http://nowhere.example/", unknown)).rejects.toMatchObject({ key: "not_found" });
  });

  test("that repeats its token is quoted without it", async () => {
    allow("127.0.0.1");
    const url = `http://127.0.0.1:${port}/send?key=abcdef-token`;
    answer = (_, response) => response.end(JSON.stringify({ errcode: 1, errmsg: "bad key abcdef-token\u0007" }));
    const message = { id: "1", text: "x", madeAt: new Date(), now: new Date() };
    await expect(sendMessage({ kind: "wecom", url }, message)).rejects.toMatchObject({
      key: "refused",
      details: "1 bad key •••\ufffd",
    });
  });
});
