import type { IncomingMessage, ServerResponse } from "node:http";
import { discardBody } from "./receive-body.ts";

/**
 * A refused client may go on sending so long, and at most for so many of these. Closing while it sends would reset the
 * connection and lose the answer.
 */
const LINGER_MS = 1_000;
const MOST_LINGERS = 5;

/** Answer in one line and close the connection, whatever the client still sends. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, sentence, headers = {} }: { status: number; sentence: string; headers?: Record<string, string> },
): void {
  const body = Buffer.from(`${sentence}\n`);
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-store",
    connection: "close",
    ...headers,
  });
  response.write(body);
  let received = 0;
  let ended = false;
  const end = () => {
    ended = true;
    clearTimeout(timer);
    response.end();
  };
  // setImmediate: what has arrived while this process was busy is read first.
  const linger = (before: number, left: number): NodeJS.Timeout =>
    setTimeout(() => setImmediate(next, before, left), LINGER_MS);
  const next = (before: number, left: number) => {
    if (ended) return;
    if (received === before || left === 0) end();
    else timer = linger(received, left - 1);
  };
  let timer = linger(0, MOST_LINGERS);
  void discardBody(request, (bytes) => {
    received += bytes;
  }).then(end);
}
