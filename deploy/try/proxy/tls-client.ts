import { Agent, request as httpsRequest } from "node:https";
import type { HttpClient, HttpResponse } from "../../../test/support/http-client.ts";

export type Answer = HttpResponse & { headers: NodeJS.Dict<string | string[]> };
export type TlsClient = HttpClient & {
  send: (method: "GET" | "POST", path: string, body?: string, headers?: Record<string, string>) => Promise<Answer>;
  cookies: Map<string, string>;
};

/** A browser's connections to the proxy: so many kept alive, over TLS, with its own cookies. The name is this machine's. */
export function openTlsClient(base: string, ca: Buffer, connections = 1): TlsClient {
  const { hostname, port, origin, host } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca, servername: hostname });
  const cookies = new Map<string, string>();
  const send: TlsClient["send"] = async (method, path, body = "", headers = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const length: Record<string, string> =
      method === "POST" ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const answer = await new Promise<Answer>((resolve, reject) => {
      const outgoing = httpsRequest(
        { agent, host: "127.0.0.1", port, method, path, headers: { host, cookie, ...length, ...headers } },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              cookies: incoming.headers["set-cookie"] ?? [],
              headers: incoming.headers,
            }),
          );
          incoming.on("error", reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) cookies.set(name, value ?? "");
    }
    return answer;
  };
  return {
    send,
    cookies,
    get: (path) => send("GET", path),
    post: (path, body, headers = {}) => send("POST", path, body, { origin, ...headers }),
    close: () => agent.destroy(),
  };
}
