import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Stand-ins for tests: servers on loopback that end with the test. */

type Handler = (req: http.IncomingMessage, res: http.ServerResponse, body: string) => void;

/** An HTTP server; returns its base URL. */
export async function serveHttp(handler: Handler): Promise<string> {
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    handler(req, res, Buffer.concat(chunks).toString());
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** A server below HTTP, that sees the socket once the request's bytes are there; returns its base URL. */
export async function serveBytes(onRequest: (socket: net.Socket) => void): Promise<string> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => onRequest(socket));
  });
  return `http://127.0.0.1:${await listenAndClose(server)}`;
}

export async function listenAndClose(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}

/** A base URL where nobody listens. */
export async function nowhere(): Promise<string> {
  const server = net.createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

/** An answer's status and body for every call, and a record of what came in. */
export async function answering(
  answer: (call: Received) => Answer | string,
): Promise<{ url: string; calls: Received[] }> {
  const calls: Received[] = [];
  const url = await serveHttp((req, res, body) => {
    const call = { path: req.url ?? "", headers: req.headers, body };
    calls.push(call);
    const given = answer(call);
    const { status = 200, text, headers = {} } = typeof given === "string" ? { text: given } : given;
    res.writeHead(status, headers).end(text);
  });
  return { url, calls };
}

export type Received = { path: string; headers: http.IncomingHttpHeaders; body: string };
type Answer = { status?: number; text: string; headers?: Record<string, string> };

/** A file beside the test, as text. */
export const fixture = (from: string, name: string): string => readFileSync(new URL(`fixtures/${name}`, from), "utf8");

async function listen(server: net.Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
