import type { ServerResponse } from "node:http";

export const JSON_TYPE = "application/json;charset=UTF-8";

export function send(res: ServerResponse, status: number, type: string, body: string | Buffer, extra = {}): void {
  if (res.destroyed) return;
  res.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body), ...extra }).end(body);
}

export function sendJson(res: ServerResponse, status: number, body: unknown, extra = {}): void {
  send(res, status, JSON_TYPE, JSON.stringify(body), extra);
}

/** An error page as nginx serves it. */
export function sendHtml(res: ServerResponse, status: number, title: string): void {
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n`;
  send(res, status, "text/html", page);
}
