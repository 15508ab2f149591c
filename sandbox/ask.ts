import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { parseJson } from "./respond.ts";

export type Reply = {
  /** 0 if no header came. */
  status: number;
  headers: Record<string, unknown>;
  text: string;
  json: unknown;
  /** Node's error code if the call broke, "ABORTED" if the answer was cut, "TIMEOUT" if `timeoutMs` passed. */
  failure: string | null;
};

type Question = { method?: string; headers?: Record<string, string>; body?: unknown; timeoutMs?: number };

/** One plain HTTP call for tests: no redirects, no retries, no kept connection; whatever happens is a reply. */
export function ask(url: string, { method = "POST", headers = {}, body, timeoutMs }: Question = {}): Promise<Reply> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const reply: Reply = { status: 0, headers: {}, text: "", json: undefined, failure: null };
    const end = (failure: string | null) => {
      const raw = Buffer.concat(parts);
      const whole = reply.headers["content-encoding"] === "gzip" && failure === null ? gunzipSync(raw) : raw;
      reply.text = whole.toString("utf8");
      resolve({ ...reply, json: parseJson(reply.text), failure });
    };
    const payload = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const req = request(
      url,
      { method, agent: false, headers: { "content-type": "application/json", ...headers } },
      (res) => {
        reply.status = res.statusCode ?? 0;
        reply.headers = res.headers;
        res.on("data", (part: Buffer) => parts.push(part));
        res.on("end", () => end(null));
        res.on("error", () => end(timedOut ? "TIMEOUT" : "ABORTED"));
      },
    );
    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          req.destroy();
        }, timeoutMs)
      : undefined;
    req.on("error", (error: NodeJS.ErrnoException) => end(timedOut ? "TIMEOUT" : (error.code ?? "ERROR")));
    req.on("close", () => clearTimeout(timer));
    req.end(payload);
  });
}
