import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { ProviderAway, providerFetch } from "./provider-fetch";

let server: Server;
let origin: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/large") response.end("x".repeat(2 * 1024 * 1024));
    else if (request.url === "/away") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    else if (request.url === "/broken") response.writeHead(502).end();
    else response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});
beforeEach(() => {
  asked.length = 0;
  sharedSlot("provider-discovery").value = undefined;
  sharedSlot("env").value = parseEnv({ ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" });
});

test.each(["http://example.com/", "https://10.0.0.1/", "http://169.254.169.254/", "https://[fd00::1]/"])(
  "%s is never called",
  async (url) => {
    await expect(providerFetch(url)).rejects.toThrow(ProviderAway);
  },
);

test("this machine only where stand-ins are allowed", async () => {
  expect((await providerFetch(origin)).status).toBe(200);
  sharedSlot("env").value = parseEnv({});
  await expect(providerFetch(origin)).rejects.toThrow(ProviderAway);
});

test("a redirect is not followed, too much is not read, and an error of theirs is one", async () => {
  expect((await providerFetch(`${origin}/away`)).status).toBe(302);
  await expect(providerFetch(`${origin}/large`)).rejects.toThrow("too large");
  await expect(providerFetch(`${origin}/broken`)).rejects.toThrow("502");
  expect(asked).toEqual(["/away", "/large", "/broken"]);
});

test("discovery is kept, of one address; nothing else is", async () => {
  const discovery = "/.well-known/openid-configuration";
  for (let n = 0; n < 3; n++) expect(await (await providerFetch(`${origin}${discovery}`)).text()).toBe("{}");
  await providerFetch(`${origin}/other${discovery}`);
  for (let n = 0; n < 2; n++) await providerFetch(`${origin}/token`, { method: "POST" });
  expect(asked).toEqual([discovery, `/other${discovery}`, "/token", "/token"]);
});
