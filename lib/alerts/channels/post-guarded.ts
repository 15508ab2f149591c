import "server-only";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { ChannelFault } from "./channel-fault";
import { type Address, isAllowed, type Resolve, resolvePublic, targetOf } from "./resolve-public";

export type Post = { url: string; headers: Record<string, string>; body: string };
export type Answer = { status: number; body: string };

/** Name, connection and whole answer together. */
export const DEADLINE_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/**
 * POST to an address that people typed: https and the internet only (or a host that was allowed), at the address that was
 * checked, without following redirects, bounded in time and bytes. Throws {@link ChannelFault}.
 */
export async function postGuarded({ url, headers, body }: Post, resolve?: Resolve): Promise<Answer> {
  const target = new URL(url);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  if (target.protocol !== "https:" && !isAllowed(targetOf(target))) throw new ChannelFault("private_address");
  const addresses = await before(deadline, resolvePublic(targetOf(target), resolve));
  const { request } = target.protocol === "https:" ? https : http;
  const answer = new Promise<Answer>((settle, fail) => {
    const call = request(target, {
      method: "POST",
      agent: false,
      signal: deadline,
      lookup: checked(addresses),
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    let answered = false;
    call.on("error", fail);
    call.on("response", (response) => {
      answered = true;
      readAnswer(response).then(settle, fail);
    });
    // Without an error: a receiver that answers 101 wants another protocol, and Node closes.
    call.on("close", () => answered || fail(new Error("closed without an answer")));
    call.end(body);
  });
  const got = await before(deadline, answer).catch((error: unknown) => {
    if (error instanceof ChannelFault) throw error;
    throw new ChannelFault(deadline.aborted ? "timeout" : "connection", codeOf(error), error);
  });
  if (got.status >= 300 && got.status < 400) throw new ChannelFault("redirected", `HTTP ${got.status}`);
  return got;
}

/** Instead of the system's look-up: what was checked, and nothing else. */
const checked =
  (addresses: readonly Address[]): LookupFunction =>
  (_hostname, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, [...addresses]);
    else if (first) done(null, first.address, first.family);
  };

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part);
    bytes += part.length;
    // What is said by then is enough to know.
    if (bytes >= MOST_BYTES) break;
  }
  response.destroy();
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8").slice(0, MOST_BYTES) };
}

/** The result of a promise that can't be aborted, unless the deadline passes first. */
export function before<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => {
    deadline.addEventListener("abort", () => fail(new ChannelFault("timeout")), { once: true });
  });
  return Promise.race([work, late]);
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
