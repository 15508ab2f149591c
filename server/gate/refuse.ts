import type { IncomingMessage, ServerResponse } from "node:http";
import { discardBody } from "./receive-body.ts";

/** How long a refused client may go on sending. Closing while it sends would reset the connection and lose the answer. */
const LINGER_MS = 1_000;

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
  const linger = setTimeout(() => response.end(), LINGER_MS);
  void discardBody(request).then(() => {
    clearTimeout(linger);
    response.end();
  });
}
