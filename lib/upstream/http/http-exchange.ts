import "server-only";
import http from "node:http";
import net from "node:net";
import type { Readable, Transform } from "node:stream";
import tls from "node:tls";
import zlib from "node:zlib";
import type { CallPhase, CallTrace, Fault, UpstreamName } from "../types";
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
  /** Values that must never stand in a trace or a message. */
  secrets: readonly string[];
  /** Plain http is refused, except to loopback with this flag. */
  allowInsecureLoopback: boolean;
};

/** A complete answer: 2xx, or a 4xx (not 429) whose body may still hold the upstream's own refusal. */
export type RawAnswer = { ok: true; status: number; text: string; trace: CallTrace };
/** No usable answer; `trace.phase === "connecting"` proves that nothing was sent. */
export type RawFault = { ok: false; fault: Fault; message: string; retryAfterMs: number | null; trace: CallTrace };

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The only network door. One call on its own connection, never repeated, never redirected, never kept alive. The request
 * is written only after `secureConnect` (plain http: `connect`), so the phase "connecting" proves it was not sent.
 * Never throws for trouble on the network.
 */
export function request(input: HttpRequest): Promise<RawAnswer | RawFault> {
  return new Promise((resolve) => new Call(input, resolve).start());
}

class Call {
  readonly #input: HttpRequest;
  readonly #resolve: (result: RawAnswer | RawFault) => void;
  readonly #startedAt = new Date();
  readonly #clockStart = performance.now();
  readonly #maxBytes: number;
  #phase: CallPhase = "connecting";
  #status: number | null = null;
  #retryAfterMs: number | null = null;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #socket: net.Socket | undefined;
  #incoming: http.IncomingMessage | undefined;
  #source: Readable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;

  constructor(input: HttpRequest, resolve: (result: RawAnswer | RawFault) => void) {
    this.#input = input;
    this.#resolve = resolve;
    this.#maxBytes = input.maxBytes ?? MAX_BYTES;
  }

  start() {
    const { url, headers, deadlineMs } = this.#input;
    const complaint = insecure(this.#input) ?? unsendable(headers);
    if (complaint) return this.#fail("not_configured", complaint);
    this.#timer = setTimeout(() => this.#fail("timeout", `no complete answer within ${deadlineMs} ms`), deadlineMs);
    const secure = url.protocol === "https:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port) || (secure ? 443 : 80);
    const socket = secure
      ? tls.connect({ host, port, rejectUnauthorized: true, servername: net.isIP(host) ? "" : host })
      : net.connect({ host, port });
    this.#socket = socket;
    socket.once(secure ? "secureConnect" : "connect", () => this.#send(socket));
    socket.on("error", (error) => this.#unconnected(error));
    socket.on("close", () => this.#unconnected(new Error("connection closed")));
  }

  #send(socket: net.Socket) {
    if (this.#settled) return;
    this.#phase = "connected";
    const { url, method, headers, body } = this.#input;
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
    outgoing.on("error", (error) => this.#incoming?.complete || this.#broken(error));
    outgoing.on("close", () => this.#incoming || this.#broken(new Error("closed without an answer")));
    outgoing.end(body);
  }

  #receive(incoming: http.IncomingMessage) {
    if (this.#settled) return;
    this.#phase = "headers";
    this.#incoming = incoming;
    const status = incoming.statusCode ?? 0;
    this.#status = status;
    this.#retryAfterMs = retryAfterMs(incoming.headers["retry-after"], Date.now());
    incoming.on("error", (error) => this.#broken(error));
    if (status >= 300 && status < 400) return this.#fail("redirect", "the upstream points elsewhere; not followed");
    const coding = incoming.headers["content-encoding"]?.trim().toLowerCase() || "identity";
    const decoder = decoderFor(coding);
    if (decoder === undefined) return this.#fail("not_json", "the answer's encoding is not one that was offered");
    this.#source = decoder ? incoming.pipe(decoder) : incoming;
    const source = this.#source;
    source.on("error", (error: Error) => this.#broken(error));
    source.on("data", (chunk: Buffer) => this.#take(chunk));
    source.on("end", () => this.#finish(status, incoming.complete));
  }

  #take(chunk: Buffer) {
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

  /** From the request on, the http client reports what happens to the socket. */
  #unconnected(error: Error & { code?: string }) {
    if (this.#phase === "connecting") this.#fail("connection_failed", error.code ?? error.message);
  }

  /** Request, response and decoder may all report the same break; the first one is told. */
  #broken(error: Error & { code?: string }) {
    const told = error.code ?? error.message;
    if (/^(HPE_|Z_DATA|ERR_.*BROTLI|ERR__ERROR)/.test(error.code ?? "")) return this.#fail("not_json", told);
    return this.#fail(this.#phase === "connected" ? "reset" : "cut", told);
  }

  #fail(fault: Fault, message: string) {
    if (this.#settled) return;
    const trace = this.#trace(fault, this.#text());
    const told = redact(message, this.#input.secrets);
    this.#settle({ ok: false, fault, message: told, retryAfterMs: this.#retryAfterMs, trace });
  }

  #settle(result: RawAnswer | RawFault) {
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
      upstream: this.#input.upstream,
      path: this.#input.url.pathname,
      phase: this.#phase,
      status: this.#status,
      startedAt: this.#startedAt,
      endedAt: new Date(this.#startedAt.getTime() + ms),
      ms,
      body: traceBody(text, this.#input.secrets),
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

/** Checked before any socket is opened. */
function insecure({ url, allowInsecureLoopback }: HttpRequest): string | null {
  if (url.protocol === "https:") return null;
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && loopback && allowInsecureLoopback) return null;
  return "only https is allowed (plain http only to loopback, when configured)";
}

/** A key with a line break or a Chinese character in it can't stand in a header. */
function unsendable(headers: Record<string, string>): string | null {
  for (const [name, value] of Object.entries(headers))
    try {
      http.validateHeaderValue(name, value);
    } catch {
      return `the value of header ${name} has characters that can't be sent`;
    }
  return null;
}
