import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers by which a caller could name its own request or trace: what is in our log and traces is ours to number. */
const CLAIMED = ["x-request-id", "traceparent", "tracestate", "baggage"];

/** Give a request its id: in the answer's header, and in every line of the log that is written for it. */
export function giveRequestId(request: IncomingMessage, response: ServerResponse): string {
  const id = randomUUID().replaceAll("-", "").slice(0, 12);
  for (const name of CLAIMED) delete request.headers[name];
  response.setHeader("x-request-id", id);
  return id;
}
