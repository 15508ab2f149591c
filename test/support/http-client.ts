import { Agent, request } from "node:http";
import type { ActionManifest } from "./action-manifest.ts";

export type HttpResponse = { status: number; text: string; cookies: string[] };
export type HttpClient = {
  get: (path: string, headers?: Record<string, string>) => Promise<HttpResponse>;
  post: (path: string, body: string, headers?: Record<string, string>) => Promise<HttpResponse>;
  close: () => void;
};

/** An HTTP client for tools that drive a running console: so many kept-alive connections, remembers cookies. */
export function openHttpClient(base: string, connections = 1): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const cookies = new Map<string, string>();
  const send = async (method: "GET" | "POST", path: string, body = "", headers: Record<string, string> = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await new Promise<HttpResponse>((resolve, reject) => {
      const outgoing = request(new URL(path, base), { method, agent, headers: { cookie, ...headers } }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, text, cookies: incoming.headers["set-cookie"] ?? [] });
        });
        incoming.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
    for (const line of response.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) cookies.set(name, value ?? "");
    }
    return response;
  };
  return {
    get: (path, headers) => send("GET", path, "", headers),
    post: (path, body, headers = {}) => send("POST", path, body, { origin: new URL(base).origin, ...headers }),
    close: () => agent.destroy(),
  };
}

/** Sign in as the sign-in page does; returns the session's cookie (`name=value`). Throws when refused. */
export async function signIn(
  client: HttpClient,
  manifest: ActionManifest,
  { username, password }: { username: string; password: string },
): Promise<string> {
  const { path, id } = manifest("login.signInAction");
  const headers = { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
  const { status, cookies } = await client.post(path, JSON.stringify([{ username, password }]), headers);
  const session = cookies.find((line) => /^(__Host-)?authjs\.session-token=/.test(line));
  if (!session) throw new Error(`could not sign in as ${username}: HTTP ${status}`);
  return session.split(";")[0] ?? "";
}
