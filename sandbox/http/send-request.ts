import { request } from "node:http";
import { parseJson } from "./parse-json.ts";

export type HttpReply = {
  /** 0 if no header came. */
  status: number;
  headers: Record<string, unknown>;
  /** The body as it came, not decompressed. */
  body: Buffer;
  text: string;
  json: unknown;
  /** Node's error code if the call broke, "ABORTED" if the response was cut, "CANCELLED" if `signal` ended the call. */
  failure: string | null;
};

export type RequestOptions = {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
};

/** One plain HTTP call: no redirects, no retries, no kept connection. Never throws: a broken call is a reply too. */
export function sendRequest(
  url: string,
  { method = "POST", headers = {}, body, signal }: RequestOptions = {},
): Promise<HttpReply> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const head: Pick<HttpReply, "status" | "headers"> = { status: 0, headers: {} };
    const end = (failure: string | null) => {
      const received = Buffer.concat(parts);
      const text = received.toString("utf8");
      resolve({ ...head, body: received, text, json: parseJson(text), failure });
    };
    const breakOff = (failure: string) => end(signal?.aborted ? "CANCELLED" : failure);
    const req = request(
      url,
      { method, agent: false, headers: { "content-type": "application/json", ...headers }, ...(signal && { signal }) },
      (res) => {
        head.status = res.statusCode ?? 0;
        head.headers = res.headers;
        res.on("data", (part: Buffer) => parts.push(part));
        res.on("end", () => end(null));
        res.on("error", () => breakOff("ABORTED"));
      },
    );
    req.on("error", (error: NodeJS.ErrnoException) => breakOff(error.code ?? "ERROR"));
    req.end(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
  });
}
