import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { UPSTREAMS, type UpstreamName } from "../core/endpoints.ts";
import { sendHtml } from "../http/respond.ts";
import { handleRequest } from "./handle-request.ts";
import type { SandboxContext } from "./sandbox-context.ts";

export type AdminHandler = (url: URL, req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Serves one upstream at its own address. */
export function upstreamListener(context: SandboxContext, upstream: UpstreamName): RequestListener {
  return (req, res) => catchErrors(res, handleRequest(context, upstream, { url: urlOf(req), req, res }));
}

/** Serves all upstreams, each under its name, and the admin API under `/_sandbox/`. */
export function sharedListener(context: SandboxContext, handleAdmin: AdminHandler): RequestListener {
  return (req, res) => {
    const url = urlOf(req);
    const [, first = "", rest = ""] = /^\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    if (first === "_sandbox") return catchErrors(res, handleAdmin(url, req, res));
    const upstream = UPSTREAMS.find((name) => name === first);
    if (!upstream) return sendHtml(res, 404, "404 Not Found");
    url.pathname = rest;
    catchErrors(res, handleRequest(context, upstream, { url, req, res }));
  };
}

const urlOf = (req: IncomingMessage) => new URL(req.url ?? "/", "http://sandbox.invalid");

/** A bug in the sandbox itself: log it, and respond as a broken server would. */
function catchErrors(res: ServerResponse, handled: Promise<void>): void {
  handled.catch((error: unknown) => {
    console.error("sandbox:", error);
    if (!res.headersSent) sendHtml(res, 500, "500 Internal Server Error");
    else res.destroy();
  });
}
