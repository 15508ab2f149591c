import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { stopClock } from "@/test/support/stop-clock";
import { answering, nowhere, serveBytes, serveHttp } from "@/test/support/test-server";
import { type HttpRequest, sendHttpRequest } from "./http-exchange";

const SECRET = "canary-7f3a9c51d2e84b60";

function post(base: string, overrides: Partial<HttpRequest> = {}) {
  return sendHttpRequest({
    upstream: "espai",
    url: new URL("/cdkey/list", base),
    method: "POST",
    headers: { authorization: SECRET },
    body: "{}",
    deadlineMs: 60_000,
    secrets: [SECRET],
    allowInsecureLoopback: true,
    ...overrides,
  });
}

test("brings a complete answer back, with its trace", async () => {
  const { url, calls } = await answering(() => `{"success":true,"message":"请求成功"}`);
  const answer = await post(url);
  expect(answer).toMatchObject({ ok: true, status: 200, text: `{"success":true,"message":"请求成功"}` });
  expect(answer.trace).toMatchObject({
    upstream: "espai",
    path: "/cdkey/list",
    phase: "complete",
    status: 200,
    fault: null,
  });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.headers).toMatchObject({ authorization: SECRET, connection: "close", "content-length": "2" });
});

test.each([
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
  ["deflate", deflateSync],
] as const)("reads an answer in %s", async (coding, encode) => {
  const url = await serveHttp(
    (_req, res) => void res.writeHead(200, { "content-encoding": coding }).end(encode("琳琅")),
  );
  expect(await post(url)).toMatchObject({ ok: true, text: "琳琅" });
});

test("a refused connection is provably not sent", async () => {
  expect(await post(await nowhere())).toMatchObject({
    ok: false,
    fault: "connection_failed",
    trace: { phase: "connecting" },
  });
});

test("a name that does not exist is provably not sent", async () => {
  const answer = await post("https://cardesk.invalid");
  expect(answer).toMatchObject({ ok: false, trace: { phase: "connecting" } });
});

test("no answer at all ends at the deadline, as sent", async () => {
  stopClock();
  const asked = Promise.withResolvers<void>();
  const url = await serveBytes(() => asked.resolve());
  const ended = vi.fn();
  const answer = post(url, { deadlineMs: 150 }).finally(ended);
  await asked.promise;
  await vi.advanceTimersByTimeAsync(149);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveBeenCalled();
  expect(await answer).toMatchObject({
    ok: false,
    fault: "timeout",
    trace: { phase: "connected", status: null, ms: 150 },
  });
});

test("a handshake that never ends is provably not sent", async () => {
  const url = await serveBytes(() => {});
  const answer = await post(url.replace("http:", "https:"), { deadlineMs: 150 });
  expect(answer).toMatchObject({ ok: false, fault: "timeout", trace: { phase: "connecting" } });
});

test("a drip does not outlive the deadline", async () => {
  stopClock();
  const dripping = Promise.withResolvers<void>();
  const url = await serveBytes((socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
    let drops = 0;
    const drip = setInterval(() => {
      socket.write("x");
      drops += 1;
      if (drops === 50) dripping.resolve();
    }, 1);
    socket.on("close", () => clearInterval(drip));
  });
  const answer = post(url, { deadlineMs: 200 });
  await dripping.promise;
  vi.advanceTimersByTime(200);
  expect(await answer).toMatchObject({
    ok: false,
    fault: "timeout",
    trace: { phase: "body", status: 200 },
  });
});

test.each([
  ["reset", "connected", ""],
  ["cut", "headers", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"],
  ["cut", "body", "HTTP/1.1 200 OK\r\n\r\n{"],
] as const)("a reset shows as %s in phase %s", async (fault, phase, before) => {
  const url = await serveBytes((socket) => {
    if (before) socket.write(before, () => setImmediate(() => socket.resetAndDestroy()));
    else socket.resetAndDestroy();
  });
  const answer = await post(url);
  expect(answer).toMatchObject({ ok: false, fault });
  // A reset may overtake the bytes before it: the phase is then an earlier one, but never "not sent".
  expect([phase, "connected", "headers"]).toContain(answer.trace.phase);
});

test("a connection closed without a word is a reset", async () => {
  const url = await serveBytes((socket) => socket.end());
  expect(await post(url)).toMatchObject({ ok: false, fault: "reset", trace: { phase: "connected" } });
});

test.each([
  ["content-length", `HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{"success":tr`],
  ["chunks", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"success":tr`],
])("a body cut off is seen by its %s", async (_how, bytes) => {
  const url = await serveBytes((socket) => socket.end(bytes));
  const answer = await post(url);
  expect(answer).toMatchObject({ ok: false, fault: "cut", trace: { phase: "body", status: 200 } });
  expect(answer.trace.body).toBe(`{"success":tr`);
});

test("compressed data cut off is a cut, and garbage is no answer", async () => {
  const whole = gzipSync(JSON.stringify({ rows: Array.from({ length: 200 }, (_, i) => i) }));
  const cut = await serveHttp(
    (_req, res) => void res.writeHead(200, { "content-encoding": "gzip" }).end(whole.subarray(0, -20)),
  );
  expect(await post(cut)).toMatchObject({ ok: false, fault: "cut" });
  const garbage = await serveHttp(
    (_req, res) => void res.writeHead(200, { "content-encoding": "gzip" }).end("not gzip"),
  );
  expect(await post(garbage)).toMatchObject({ ok: false, fault: "not_json" });
  const brotli = await serveHttp(
    (_req, res) => void res.writeHead(200, { "content-encoding": "br" }).end("not brotli at all"),
  );
  expect(await post(brotli)).toMatchObject({ ok: false, fault: "not_json" });
  const odd = await serveHttp((_req, res) => void res.writeHead(200, { "content-encoding": "x-odd" }).end("?"));
  expect(await post(odd)).toMatchObject({ ok: false, fault: "not_json" });
});

test("an empty answer is a complete answer; its meaning is decided elsewhere", async () => {
  const { url } = await answering(() => "");
  expect(await post(url)).toMatchObject({ ok: true, text: "" });
});

test("HTML from a failing server is a fault that keeps its status", async () => {
  const { url } = await answering(() => ({ status: 502, text: "<html><h1>502 Bad Gateway</h1></html>" }));
  expect(await post(url)).toMatchObject({ ok: false, fault: "http_status", trace: { status: 502, phase: "complete" } });
});

test("429 brings how long to wait, if that can be read", async () => {
  const asked = async (value: string) => {
    const { url } = await answering(() => ({ status: 429, text: "", headers: { "retry-after": value } }));
    const answer = await post(url);
    return answer.ok ? null : answer;
  };
  expect(await asked("7")).toMatchObject({ fault: "http_status", retryAfterMs: 7000 });
  expect(await asked("in a while")).toMatchObject({ fault: "http_status", retryAfterMs: null });
});

test("a 4xx comes back as an answer: it may hold the upstream's own refusal", async () => {
  const { url } = await answering(() => ({ status: 403, text: "{}" }));
  expect(await post(url)).toMatchObject({ ok: true, status: 403, text: "{}" });
});

test("what is not HTTP is no answer", async () => {
  const url = await serveBytes((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
  expect(await post(url)).toMatchObject({ ok: false, fault: "not_json", trace: { phase: "connected" } });
});

test("an unasked change of protocol is a reset", async () => {
  const url = await serveBytes((socket) =>
    socket.end("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
  );
  expect(await post(url)).toMatchObject({ ok: false, fault: "reset" });
});

test.each(["same host", "other host"])("a redirect to the %s is not followed", async (where) => {
  const other = await answering(() => "{}");
  const first = await answering(() => {
    return {
      status: 307,
      text: "",
      headers: { location: where === "same host" ? "/cdkey/other" : `${other.url}/cdkey/list` },
    };
  });
  expect(await post(first.url)).toMatchObject({
    ok: false,
    fault: "redirect",
    trace: { status: 307, phase: "headers" },
  });
  expect(first.calls).toHaveLength(1);
  expect(other.calls).toHaveLength(0);
});

test("a gzip bomb is stopped while it unfolds", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
  const url = await serveHttp((_req, res) => void res.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
  const before = process.memoryUsage().arrayBuffers;
  expect(await post(url)).toMatchObject({ ok: false, fault: "too_large", trace: { phase: "body" } });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
});

test("an endless plain answer is stopped at the cap", async () => {
  const url = await serveHttp((_req, res) => {
    const pour = () => {
      while (!res.destroyed && res.write("x".repeat(65_536)));
    };
    res.on("drain", pour);
    pour();
  });
  expect(await post(url, { maxBytes: 1_000_000 })).toMatchObject({ ok: false, fault: "too_large" });
});

test("an API key that is no valid header value is a fault of the configuration, and is not quoted", async () => {
  const { url, calls } = await answering(() => "{}");
  const answer = await post(url, { headers: { authorization: `${SECRET}\r\nx-evil: 1` } });
  expect(answer).toMatchObject({ ok: false, fault: "not_configured", trace: { phase: "connecting" } });
  expect(JSON.stringify(answer)).not.toContain(SECRET);
  expect(calls).toHaveLength(0);
});

test("an upstream that quotes our key or shows a card key leaves neither in the trace", async () => {
  const key = "BF28FAE82497C318B95BB9D0D902F251";
  const { url } = await answering(() => ({ status: 500, text: `no such key ${SECRET}: {"cardStr":"${key}"} ${key}` }));
  const { trace } = await post(url);
  expect(trace.body).toBe(`no such key [secret]: {"cardStr":"[key]"} [key]`);
});
