import { createServer, type Server } from "node:http";

const RETRY_MS = 5_000;

/**
 * A port for a scraper on this machine: 127.0.0.1 only, GET /metrics only, and no other name than a loopback one, so that no
 * page in a browser here reads it through a name of its own. Trouble with it is logged and never ends the console.
 */
export function serveMetrics(port: number, read: () => Promise<string>): Server {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (request, response) => {
    const answer = (status: number, body: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        ...headers,
      });
      response.end(body);
    };
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(request.headers.host ?? "")) return answer(421, "Not this name.\n");
    if (request.url !== "/metrics") return answer(404, "Only /metrics.\n");
    if (request.method !== "GET") return answer(405, "Only GET.\n", { allow: "GET" });
    read().then(
      (text) => answer(200, text, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }),
      () => answer(503, "The metrics can't be read.\n"),
    );
  });
  let told = false;
  // The process before this one may hold the port for a moment.
  server.on("error", (error: NodeJS.ErrnoException) => {
    if (!told) console.error(`METRICS_PORT ${port} can't be served (${error.code}); trying again`);
    told = true;
    setTimeout(() => server.listen({ port, host: "127.0.0.1" }), RETRY_MS).unref();
  });
  server.listen({ port, host: "127.0.0.1" });
  server.unref();
  return server;
}
