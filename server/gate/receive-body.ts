import type { IncomingMessage } from "node:http";

/** `whole`: the body is there and can be read as if it had just arrived. `aborted`: the client went away first. */
export type Received = { kind: "whole"; body: Buffer } | { kind: "too_large" } | { kind: "aborted" };

/**
 * Receive a whole request body, at most `limit` bytes, before anything parses it. Beyond the limit nothing is kept.
 * Call it in the "request" event, before anyone reads the request.
 */
export function receiveBody(request: IncomingMessage, limit: number): Promise<Received> {
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    void discardBody(request);
    return Promise.resolve({ kind: "too_large" });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onClose = () => resolve({ kind: "aborted" });
    request.once("close", onClose);
    // The parser hands every piece to `push`; reading the stream instead would take it away from the next reader.
    request.push = (chunk: Buffer | null) => {
      bytes += chunk?.length ?? 0;
      if (bytes > limit) {
        void discardBody(request);
        resolve({ kind: "too_large" });
      } else if (chunk) chunks.push(chunk);
      else {
        request.off("close", onClose);
        Reflect.deleteProperty(request, "push");
        const body = Buffer.concat(chunks);
        if (body.length) request.push(body);
        request.push(null);
        resolve({ kind: "whole", body });
      }
      return true;
    };
  });
}

/** Read on so far after a refusal; reading hundreds of megabytes to throw them away would cost everybody else their turn. */
const MAX_DISCARDED = 1024 * 1024;

/**
 * Keep nothing of what still arrives, count it, and after a megabyte read no more. Resolves when the request has ended, or its
 * connection.
 */
export function discardBody(request: IncomingMessage, count: (bytes: number) => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete) return resolve();
    request.once("close", resolve);
    let bytes = 0;
    request.push = (chunk: Buffer | null) => {
      const length = chunk?.length ?? 0;
      bytes += length;
      count(length);
      if (chunk === null) resolve();
      // False stops node's parser from reading the socket.
      return bytes <= MAX_DISCARDED;
    };
  });
}
