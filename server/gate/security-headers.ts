import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

type Site = { scheme: "http" | "https"; dev: boolean };

const FIXED: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  // Not "no-referrer": that turns the Origin of a form's POST into "null", which the gate refuses.
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};
const TWO_YEARS = "max-age=63072000";
/** Data and build files run nothing and are shown in no frame. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Set the security headers of a response. A page's policy allows scripts by a nonce of its own; Next reads the nonce from
 * the same header of the request and puts it on the scripts it writes.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, path: string, site: Site): void {
  for (const [name, value] of Object.entries(FIXED)) response.setHeader(name, value);
  if (site.scheme === "https") response.setHeader("strict-transport-security", TWO_YEARS);
  const isPage = !path.startsWith("/api/") && !path.startsWith("/_next/");
  const policy = isPage ? pagePolicy(randomBytes(16).toString("base64"), site.dev) : NO_PAGE;
  response.setHeader("content-security-policy", policy);
  if (isPage) request.headers["content-security-policy"] = policy;
  else delete request.headers["content-security-policy"];
  delete request.headers["content-security-policy-report-only"];
  clearCacheAtSignOut(response);
}

function pagePolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "worker-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

/** The session's cookie as it is deleted: with no value. */
const SIGNED_OUT = /(^|[,\s])(__Host-)?authjs\.session-token=;/;

/** The response that ends a session also empties the browser's cache of this site. Preferences stay. */
function clearCacheAtSignOut(response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    response.writeHead = writeHead;
    if (SIGNED_OUT.test(String(response.getHeader("set-cookie") ?? "")))
      response.setHeader("clear-site-data", '"cache"');
    return response.writeHead(...head);
  }) as typeof writeHead;
}
