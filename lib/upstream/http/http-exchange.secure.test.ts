import { once } from "node:events";
import type net from "node:net";
import tls from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { answering, fixture, listenAndClose } from "@/test/support/test-server";
import { sendHttpRequest } from "./http-exchange";

/** A certificate for localhost made for these tests; its key protects nothing. */
const pair = {
  key: fixture(import.meta.url, "self-signed.key.pem"),
  cert: fixture(import.meta.url, "self-signed.cert.pem"),
};

function post(base: string, { allowInsecureLoopback = true } = {}) {
  return sendHttpRequest({
    upstream: "espai",
    url: new URL("/cdkey/list", base),
    method: "POST",
    headers: { authorization: "key" },
    body: "{}",
    deadlineMs: 60_000,
    secrets: [],
    allowInsecureLoopback,
  });
}

test("an untrusted certificate: not sent, and the server sees no byte of the request", async () => {
  const seen: Buffer[] = [];
  const server = tls.createServer(pair, (socket) => {
    socket.on("data", (data) => seen.push(data));
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  const port = await listenAndClose(server);
  const gone = once(server, "connection").then(([socket]: net.Socket[]) => socket && once(socket, "close"));
  const answer = await post(`https://127.0.0.1:${port}`);
  expect(answer).toMatchObject({ ok: false, fault: "connection_failed", trace: { phase: "connecting" } });
  await gone;
  expect(seen).toEqual([]);
});

test("over trusted TLS the answer comes, and the phase is complete", async () => {
  const trusted = tls.getCACertificates("default");
  tls.setDefaultCACertificates([...trusted, pair.cert]);
  onTestFinished(() => tls.setDefaultCACertificates(trusted));
  const server = tls.createServer(pair, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
  });
  const port = await listenAndClose(server);
  expect(await post(`https://127.0.0.1:${port}`)).toMatchObject({ ok: true, text: "{}", trace: { phase: "complete" } });
  expect(await post(`https://localhost:${port}`)).toMatchObject({ ok: true, text: "{}" });
});

test("plain http opens no socket, except to loopback with the flag", async () => {
  const { url, calls } = await answering(() => "{}");
  const insecure = { ok: false, fault: "not_configured", trace: { phase: "connecting" } };
  expect(await post(url, { allowInsecureLoopback: false })).toMatchObject(insecure);
  expect(await post("http://api.espai.fun")).toMatchObject(insecure);
  expect(await post("http://127.0.0.1.example.com")).toMatchObject(insecure);
  expect(await post("ftp://127.0.0.1")).toMatchObject(insecure);
  expect(calls).toHaveLength(0);
});
