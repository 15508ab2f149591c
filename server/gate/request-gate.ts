import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressList } from "./address-list.ts";
import { type AllowedHosts, allowedHosts } from "./allowed-hosts.ts";
import { actionBodyFault } from "./check-action-body.ts";
import { headFault } from "./head-fault.ts";
import { receiveBody } from "./receive-body.ts";
import { refuse } from "./refuse.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { clientAddress, parseTrustedProxies } from "./trusted-proxies.ts";

export type GateOptions = {
  appUrl: string | undefined;
  host: string;
  port: number;
  trustProxy: string;
  /** Ids of the build's server actions. Without it any id goes on to Next, which writes unknown ones into its log. */
  actionIds?: ReadonlySet<string>;
  /** With hot reload, which needs `eval` and a web socket. */
  dev?: boolean;
  /** Told of every refusal; the console audits them (lib/runtime/audit-gate-refusals.ts). It must not throw. */
  onRefused?: (refusal: Refused) => void;
};

export type Refused = { status: number; reason: RefusalReason; address: string };
export type RefusalReason =
  | "method"
  | "host"
  | "bad_head"
  | "body_of_get"
  | "too_large"
  | "busy"
  | "origin"
  | "bad_action"
  | "unknown_action";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const METHODS: readonly (string | undefined)[] = ["GET", "HEAD", "POST"];
/** Bytes of a JSON or action body. */
const MAX_BODY = 64 * 1024;
/** A selection of many cards: their ids. A paste of thousands of lines: see `MAX_PASTED_BODY`. */
const MAX_BODY_OF: Readonly<Record<string, number>> = {
  "/api/cards/export": 1024 * 1024,
  "/api/find/many": 640 * 1024,
  "/api/find/many/export": 640 * 1024,
};
/**
 * Bytes of all bodies that are being received at one time. Large ones have places of their own: a few exports that
 * somebody sends by half must not stop every confirm.
 */
const MAX_RECEIVING = 32 * 1024 * 1024;
const MAX_RECEIVING_LARGE = 16 * 1024 * 1024;

/** A container's check and a scraper beside the console ask by a loopback name. */
const OF_THIS_MACHINE: readonly string[] = ["/api/health", "/api/metrics"];

type Verdict = { status: number; reason: RefusalReason; sentence: string; headers?: Record<string, string> };

/**
 * What stands in front of Next: every request is checked, and its body is received whole and counted, before anything
 * parses it. What is refused is answered here, in one line, and never reaches Next. Forwarded headers are replaced by
 * what was found out: the client's address, the host and the scheme.
 */
export function requestGate(options: GateOptions, next: Handler): Handler {
  const hosts = allowedHosts(options);
  const proxies = parseTrustedProxies(options.trustProxy);
  const receiving = { usual: 0, large: 0 };

  return (request, response) => {
    const { host, address } = readForwarded(request, proxies);
    const refuseAs = (verdict: Verdict) => {
      options.onRefused?.({ status: verdict.status, reason: verdict.reason, address });
      refuse(request, response, verdict);
    };
    const path = pathOf(request);
    setSecurityHeaders(request, response, path, { scheme: hosts.scheme, dev: options.dev ?? false });
    const fault = checkHead(request, { host, path, hosts });
    if (fault) return refuseAs(fault);
    setForwarded(request, { host, address, scheme: hosts.scheme });
    if (request.method !== "POST") return next(request, response);

    const limit = MAX_BODY_OF[path] ?? MAX_BODY;
    const places = limit > MAX_BODY ? "large" : "usual";
    const most = places === "large" ? MAX_RECEIVING_LARGE : MAX_RECEIVING;
    if (receiving[places] + limit > most) return refuseAs(BUSY);
    receiving[places] += limit;
    void receiveBody(request, limit).then((received) => {
      receiving[places] -= limit;
      if (received.kind === "aborted") return;
      if (received.kind === "too_large") return refuseAs(tooLarge(limit));
      const bodyFault = checkBody(request, path, received.body, options.actionIds);
      return bodyFault ? refuseAs(bodyFault) : next(request, response);
    });
  };
}

const BUSY: Verdict = {
  status: 503,
  reason: "busy",
  sentence: "Too many requests are being received.",
  headers: { "retry-after": "5" },
};

const tooLarge = (limit: number): Verdict => ({
  status: 413,
  reason: "too_large",
  sentence: `The request is larger than ${limit / 1024} KB.`,
});

function checkHead(
  { method, headers }: IncomingMessage,
  { host, path, hosts }: { host: string; path: string; hosts: AllowedHosts },
): Verdict | null {
  if (!METHODS.includes(method))
    return {
      status: 405,
      reason: "method",
      sentence: "Only GET, HEAD and POST.",
      headers: { allow: "GET, HEAD, POST" },
    };
  const known = hosts.names.has(host) || (OF_THIS_MACHINE.includes(path) && hosts.loopback.has(host));
  if (!known) return { status: 421, reason: "host", sentence: "This console has another address (APP_URL)." };
  const unreadable = headFault(path, headers);
  if (unreadable) return { status: 400, reason: "bad_head", sentence: `Bad request: ${unreadable}.` };
  if (method !== "POST") {
    const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
    return hasBody ? { status: 413, reason: "body_of_get", sentence: "A GET has no body." } : null;
  }
  const site = headers["sec-fetch-site"];
  const sameOrigin = headers.origin === `${hosts.scheme}://${host}` && (site === undefined || site === "same-origin");
  return sameOrigin ? null : { status: 403, reason: "origin", sentence: "The request comes from another site." };
}

/** A POST to a page is a server action; routes check their own input. */
function checkBody(
  { headers }: IncomingMessage,
  path: string,
  body: Buffer,
  actionIds: ReadonlySet<string> | undefined,
): Verdict | null {
  if (path.startsWith("/api/")) return null;
  const id = headers["next-action"];
  const named = typeof id === "string" && /^[0-9a-f]{40,64}$/.test(id);
  const fault = named ? actionBodyFault(headers["content-type"], body) : "no action is named";
  if (fault) return { status: 400, reason: "bad_action", sentence: `Bad request: ${fault}.` };
  return !named || !actionIds || actionIds.has(id) ? null : UNKNOWN_ACTION;
}

/** Mostly a page of an earlier build. Next's client knows this header and tells the page that nothing was called. */
const UNKNOWN_ACTION: Verdict = {
  status: 404,
  reason: "unknown_action",
  sentence: "This build has no such action: reload the page.",
  headers: { "x-nextjs-action-not-found": "1" },
};

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";

function readForwarded({ headers, socket }: IncomingMessage, proxies: AddressList): { host: string; address: string } {
  const peer = socket.remoteAddress ?? "";
  const behindProxy = proxies.has(peer);
  const forwarded = behindProxy ? joined(headers["x-forwarded-host"])?.split(",").at(-1)?.trim() : undefined;
  return {
    host: (forwarded ?? headers.host ?? "").toLowerCase(),
    address: clientAddress(peer, joined(headers["x-forwarded-for"]), proxies),
  };
}

function setForwarded(
  { headers }: IncomingMessage,
  { host, address, scheme }: { host: string; address: string; scheme: string },
): void {
  for (const name of Object.keys(headers))
    if (/^(x-forwarded-|forwarded$|x-real-ip$|x-middleware-|x-nextjs-data$)/.test(name)) delete headers[name];
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = scheme;
}

const joined = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(",") : value;
