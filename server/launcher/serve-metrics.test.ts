import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { serveMetrics } from "./serve-metrics";

const open: Server[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const server of open.splice(0)) server.close();
});

async function serve(read: () => Promise<string>): Promise<number> {
  const server = serveMetrics(0, read);
  open.push(server);
  await once(server, "listening");
  expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, path: string, method = "GET", host = `127.0.0.1:${port}`) {
  const sent = request({ port, host: "127.0.0.1", path, method, headers: { host }, agent: false });
  sent.end();
  const [answer] = await once(sent, "response");
  let text = "";
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode as number, text };
}

test("the loopback port answers GET /metrics, and nothing else by any name or method", async () => {
  const port = await serve(async () => "cardesk_ready 1\n");
  expect(await ask(port, "/metrics")).toEqual({ status: 200, text: "cardesk_ready 1\n" });
  expect((await ask(port, "/metrics", "GET", `localhost:${port}`)).status).toBe(200);
  expect((await ask(port, "/metrics", "GET", "evil.example")).status).toBe(421);
  expect((await ask(port, "/metrics", "POST")).status).toBe(405);
  for (const path of ["/", "/metrics/", "/api/metrics", "/metrics?x=1", "/cards"])
    expect((await ask(port, path)).status).toBe(404);
});

test("what can't be read is 503 without a word of the error", async () => {
  const port = await serve(() => Promise.reject(new Error("secret")));
  const { status, text } = await ask(port, "/metrics");
  expect(status).toBe(503);
  expect(text).not.toContain("secret");
});

test("a taken port is said and ends nothing", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  open.push(taken);
  await once(taken, "listening");
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const server = serveMetrics((taken.address() as AddressInfo).port, async () => "");
  open.push(server);
  await expect.poll(() => said.mock.calls.length).toBe(1);
  expect(said.mock.calls[0]?.[0]).toMatch(/METRICS_PORT \d+ can't be served \(EADDRINUSE\)/);
});
