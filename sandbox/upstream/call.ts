import type { IncomingHttpHeaders } from "node:http";
import type { CallKind, UpstreamName } from "../core/endpoints.ts";

export type Call = {
  upstream: UpstreamName;
  path: string;
  kind: CallKind;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  /** Parsed JSON body; undefined if there was none or it was not JSON. */
  body: unknown;
  /** The time on the upstream's own clock. */
  now: number;
  override?: Override;
};

/** How a fault changes what a write really does. */
export type Override = {
  keys?: { fault: "keys-duplicate" | "keys-fewer" | "keys-more"; by: number; hide: boolean };
  /** Of the ids given, destroy only this many (default: half), then fail. */
  partial?: { by: number | null };
};
