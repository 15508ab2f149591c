import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

const MOST_BYTES = 4 * 1024 * 1024;

/** A whole request body as text; null if the caller went away or sent too much. */
export async function readBody(req: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of req as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MOST_BYTES) return null;
      parts.push(part);
    }
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Text as JSON; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function send(res: ServerResponse, status: number, type: string, body: string | Buffer, extra = {}): void {
  if (res.destroyed) return;
  res.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body), ...extra }).end(body);
}

export const JSON_TYPE = "application/json;charset=UTF-8";

export function sendJson(res: ServerResponse, status: number, body: unknown, extra = {}): void {
  send(res, status, JSON_TYPE, JSON.stringify(body), extra);
}

export function sendHtml(res: ServerResponse, status: number, title: string): void {
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n`;
  send(res, status, "text/html", page);
}

/** Until the caller is gone, or `ms` have passed. */
export async function callerGone(res: ServerResponse, ms?: number): Promise<void> {
  if (res.destroyed) return;
  const signal = ms === undefined ? undefined : AbortSignal.timeout(ms);
  await once(res, "close", { signal }).catch(() => undefined);
}
