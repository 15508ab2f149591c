import "server-only";
import http from "node:http";
import net from "node:net";
import type { Readable, Transform } from "node:stream";
import tls from "node:tls";
import zlib from "node:zlib";
import type { CallPhase, CallTrace, Fault, UpstreamName } from "../types";
import { clockOffsetMs } from "./clock-offset-ms";
import { elapsedMs } from "./clocks";
import { redact, traceBody } from "./redact";
import { retryAfterMs } from "./retry-after";

export type HttpRequest = {
  upstream: UpstreamName;
  url: URL;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  /** One deadline over name lookup, connect, headers and body, ms. */
  deadlineMs: number;
  /** Cap on the decoded answer. */
  maxBytes?: number;
  /** Values that must never appear in a trace or a message. */
  secrets: readonly string[];
  /** Plain http is refused, except to loopback with this flag. */
  allowInsecureLoopback: boolean;
};

/** A complete answer: 2xx, or a 4xx (not 429) whose body may still hold the upstream's own refusal. */
export type HttpResponse = { ok: true; status: number; text: string; trace: CallTrace };
/** No usable answer; `trace.phase === "connecting"` proves that nothing was sent. */
export type HttpFailure = { ok: false; fault: Fault; message: string; retryAfterMs: number | null; trace: CallTrace };

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The only way onto the network. One request on its own connection, never repeated, never redirected, never kept alive.
 * It is written only after `secureConnect` (plain http: `connect`), so the phase "connecting" proves it was not sent.
 * Never throws for trouble on the network.
 */
export function sendHttpRequest(request: HttpRequest): Promise<HttpResponse | HttpFailure> {
  return new Promise((resolve) => new HttpExchange(request, resolve).start());
}

/** One request and what came of it, phase by phase. */
class HttpExchange {
  readonly #request: HttpRequest;
  readonly #resolve: (result: HttpResponse | HttpFailure) => void;
  readonly #startedAt = new Date();
  readonly #clockStart = performance.now();
  readonly #maxBytes: number;
  #phase: CallPhase = "connecting";
  #status: number | null = null;
  #retryAfterMs: number | null = null;
  #clockOffsetMs: number | null = null;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #socket: net.Socket | undefined;
  #incoming: http.IncomingMessage | undefined;
  #source: Readable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;

  constructor(request: HttpRequest, resolve: (result: HttpResponse | HttpFailure) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#maxBytes = request.maxBytes ?? MAX_BYTES;
  }

  start() {
    const { url, headers, deadlineMs } = this.#request;
    const problem = insecureUrl(this.#request) ?? invalidHeader(headers);
    if (problem) return this.#fail("not_configured", problem);
    this.#timer = setTimeout(() => this.#fail("timeout", `no complete answer within ${deadlineMs} ms`), deadlineMs);
    const secure = url.protocol === "https:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port) || (secure ? 443 : 80);
    const socket = secure
      ? tls.connect({ host, port, rejectUnauthorized: true, servername: net.isIP(host) ? "" : host })
      : net.connect({ host, port });
    this.#socket = socket;
    socket.once(secure ? "secureConnect" : "connect", () => this.#send(socket));
    socket.on("error", (error) => this.#failToConnect(error));
    socket.on("close", () => this.#failToConnect(new Error("connection closed")));
  }

  #send(socket: net.Socket) {
    if (this.#settled) return;
    // Of a process or machine that slept meanwhile the timer may still be to come. Nothing is written: provably not sent.
    const ms = elapsedMs({ wall: this.#startedAt.getTime(), monotonic: this.#clockStart });
    if (ms > this.#request.deadlineMs) return this.#fail("timeout", "connected after the deadline; not sent");
    this.#phase = "connected";
    const { url, method, headers, body } = this.#request;
    const outgoing = http.request({
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        accept: "application/json",
        "accept-encoding": "gzip, deflate, br",
        ...(body !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    outgoing.on("response", (incoming) => this.#receive(incoming));
    outgoing.on("error", (error) => this.#incoming?.complete || this.#breakOff(error));
    outgoing.on("close", () => this.#incoming || this.#breakOff(new Error("closed without an answer")));
    outgoing.end(body);
  }

  #receive(incoming: http.IncomingMessage) {
    if (this.#settled) return;
    this.#phase = "headers";
    this.#incoming = incoming;
    const status = incoming.statusCode ?? 0;
    this.#status = status;
    this.#retryAfterMs = retryAfterMs(incoming.headers["retry-after"], Date.now());
    const waitedMs = performance.now() - this.#clockStart;
    this.#clockOffsetMs = clockOffsetMs(incoming.headers.date, this.#startedAt.getTime() + waitedMs / 2);
    incoming.on("error", (error) => this.#breakOff(error));
    if (status >= 300 && status < 400) return this.#fail("redirect", "the upstream redirects; not followed");
    const coding = incoming.headers["content-encoding"]?.trim().toLowerCase() || "identity";
    const decoder = decoderFor(coding);
    if (decoder === undefined) return this.#fail("not_json", "the answer's encoding is not one that was offered");
    this.#source = decoder ? incoming.pipe(decoder) : incoming;
    const source = this.#source;
    source.on("error", (error: Error) => this.#breakOff(error));
    source.on("data", (chunk: Buffer) => this.#collect(chunk));
    source.on("end", () => this.#finish(status, incoming.complete));
  }

  #collect(chunk: Buffer) {
    if (this.#settled) return;
    this.#phase = "body";
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#bytes > this.#maxBytes) this.#fail("too_large", `the answer is larger than ${this.#maxBytes} bytes`);
  }

  #finish(status: number, complete: boolean) {
    if (!complete) return this.#fail("cut", "the answer ended before its end");
    this.#phase = "complete";
    if (status === 429 || status >= 500) return this.#fail("http_status", `HTTP ${status}`);
    const text = this.#text();
    this.#settle({ ok: true, status, text, trace: this.#trace(null, text) });
  }

  /** Counts only before the request is written; from then on the http client reports what happens to the socket. */
  #failToConnect(error: Error & { code?: string }) {
    if (this.#phase === "connecting") this.#fail("connection_failed", error.code ?? error.message);
  }

  /** Request, response and decoder may all report the same break; the first report counts. */
  #breakOff(error: Error & { code?: string }) {
    const message = error.code ?? error.message;
    if (/^(HPE_|Z_DATA|ERR_.*BROTLI|ERR__ERROR)/.test(error.code ?? "")) return this.#fail("not_json", message);
    return this.#fail(this.#phase === "connected" ? "reset" : "cut", message);
  }

  #fail(fault: Fault, message: string) {
    if (this.#settled) return;
    const trace = this.#trace(fault, this.#text());
    const redacted = redact(message, this.#request.secrets);
    this.#settle({ ok: false, fault, message: redacted, retryAfterMs: this.#retryAfterMs, trace });
  }

  #settle(result: HttpResponse | HttpFailure) {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
    this.#source?.destroy();
    this.#chunks = [];
    this.#resolve(result);
  }

  #text(): string {
    return new TextDecoder().decode(Buffer.concat(this.#chunks));
  }

  #trace(fault: Fault | null, text: string): CallTrace {
    const ms = Math.round(performance.now() - this.#clockStart);
    return {
      upstream: this.#request.upstream,
      path: this.#request.url.pathname,
      phase: this.#phase,
      status: this.#status,
      startedAt: this.#startedAt,
      endedAt: new Date(this.#startedAt.getTime() + ms),
      ms,
      body: traceBody(text, this.#request.secrets),
      clockOffsetMs: this.#clockOffsetMs,
      fault,
    };
  }
}

/** null: not encoded; undefined: an encoding that was not offered. */
function decoderFor(coding: string): Transform | null | undefined {
  if (coding === "identity") return null;
  if (coding === "br") return zlib.createBrotliDecompress();
  return ["gzip", "x-gzip", "deflate"].includes(coding) ? zlib.createUnzip() : undefined;
}

/** Why the URL may not be called; checked before any socket is opened. */
function insecureUrl({ url, allowInsecureLoopback }: HttpRequest): string | null {
  if (url.protocol === "https:") return null;
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && loopback && allowInsecureLoopback) return null;
  return "only https is allowed (plain http only to loopback, when configured)";
}

/** An API key with a line break or a Chinese character in it is no valid header value. */
function invalidHeader(headers: Record<string, string>): string | null {
  for (const [name, value] of Object.entries(headers))
    try {
      http.validateHeaderValue(name, value);
    } catch {
      return `the value of header ${name} has characters that can't be sent`;
    }
  return null;
}
