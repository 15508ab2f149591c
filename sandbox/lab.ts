import type { IncomingHttpHeaders } from "node:http";
import type { Credentials } from "./credentials.ts";
import type { Store } from "./store.ts";
import type { CallKind, Change, SandboxOptions, UpstreamName } from "./types.ts";

/** What the upstreams' rules work on. */
export type Lab = {
  store: Store;
  options: SandboxOptions;
  credentials: Credentials;
  /** Nonce → when it may be used again. */
  nonces: Map<string, number>;
  /** Makes ids unique within a millisecond. */
  nextSequence(): number;
};

/** How a fault bends what a write really does. */
export type Twist = {
  keys?: { fault: "keys-duplicate" | "keys-fewer" | "keys-more"; by: number; hide: boolean };
  /** Of the ids given, destroy only this many (default: half), then fail. */
  partial?: { by: number | null };
};

export type Call = {
  upstream: UpstreamName;
  path: string;
  kind: CallKind;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  /** Parsed JSON body; undefined if there was none or it was no JSON. */
  body: unknown;
  /** The upstream's own clock. */
  now: number;
  twist?: Twist;
};

/** What an upstream answers (always HTTP 200) and what it changed. */
export type Result = { body: unknown; changes: Change[]; refusal: string | null };

export const answer = (body: unknown, changes: Change[] = []): Result => ({ body, changes, refusal: null });

/** The body as an object of unknowns; anything else counts as no parameters. */
export function fields(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};
}

export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";
