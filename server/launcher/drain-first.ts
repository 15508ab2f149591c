import type { IncomingMessage, ServerResponse } from "node:http";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Set by a proxy that passes a GET it is answered 502 on to another console (deploy/nginx.conf). */
export const PASSES_ON = "x-proxy-passes-on";

export type DrainFirst = {
  handler: Handler;
  /** From here on proxies are told to send nothing more; resolves after the drain time, when a proxy has seen it. */
  begin: () => Promise<void>;
};

/**
 * Between the request to stop and the end of listening a console behind a proxy still serves whatever comes: a POST that meets a closing
 * socket could not be sent a second time. Meanwhile the health check says 503, for proxies that ask it; one that does not ask
 * learns it from the 502 of a GET that it sends on by itself. `drainMs` is 0 where no proxy could send a request elsewhere.
 */
export function drainFirst(next: Handler, drainMs: number): DrainFirst {
  let draining = false;
  return {
    handler: (request, response) => {
      if (!draining) return next(request, response);
      // No connection is used again, so that none is closed under a request.
      response.setHeader("Connection", "close");
      const reads = request.method === "GET" || request.method === "HEAD";
      if (reads && pathOf(request) === "/api/health") return refuse(response, 503);
      if (reads && request.headers[PASSES_ON] !== undefined) return refuse(response, 502);
      next(request, response);
    },
    begin: async () => {
      draining = true;
      if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs));
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", "retry-after": "1" });
  response.end(JSON.stringify({ ok: false }));
}

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0] ?? "/";
