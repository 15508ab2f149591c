import { Agent, request } from "node:http";

export type Answer = { status: number; text: string; cookies: string[] };
export type Visitor = {
  get: (path: string) => Promise<Answer>;
  post: (path: string, body: string, headers?: Record<string, string>) => Promise<Answer>;
  close: () => void;
};

/** Somebody without a browser, on one kept-alive connection; remembers cookies. */
export function openVisitor(base: string): Visitor {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();
  const send = async (method: "GET" | "POST", path: string, body = "", headers: Record<string, string> = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await new Promise<Answer>((resolve, reject) => {
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
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) cookies.set(name, value ?? "");
    }
    return answer;
  };
  return {
    get: (path) => send("GET", path),
    post: (path, body, headers = {}) => send("POST", path, body, { origin: new URL(base).origin, ...headers }),
    close: () => agent.destroy(),
  };
}

/** Sign in as next-auth's own form does. Throws when refused. */
export async function signIn(visitor: Visitor, username: string, password: string): Promise<void> {
  const { csrfToken } = JSON.parse((await visitor.get("/api/auth/csrf")).text) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, username, password });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { cookies } = await visitor.post("/api/auth/callback/credentials", String(form), headers);
  if (!cookies.some((line) => line.includes("session-token="))) throw new Error("the sign-in was refused");
}
