import { setTimeout as sleep } from "node:timers/promises";
import { ask, type Reply } from "../../sandbox/ask.ts";
import type { ActionDoor } from "./action-manifest.ts";
import { readActionResult } from "./flight-response.ts";

export type PublicError = { code: string; key: string; params?: Record<string, unknown>; details?: string };

/** What came of an action: its answer, or nothing that could be read (the connection broke, the process was killed). */
export type Answer =
  | { kind: "ok"; data: unknown }
  | { kind: "error"; error: PublicError }
  | { kind: "broken"; why: string };

/** A signed-in person's browser, driving the console over plain HTTP as the built pages do. */
export class Visitor {
  readonly door: (action: string) => ActionDoor;
  readonly #cookie: string;
  readonly #origin: string | undefined;

  constructor(door: (action: string) => ActionDoor, cookie: string, origin?: string) {
    this.door = door;
    this.#cookie = cookie;
    this.#origin = origin;
  }

  /** The same browser, on a page of another site. */
  from(origin: string): Visitor {
    return new Visitor(this.door, this.#cookie, origin);
  }

  /** The headers and body a browser would send for an action. */
  request(url: string, action: string, input: unknown): { url: string; headers: Record<string, string>; body: string } {
    const { path, id } = this.door(action);
    const headers = {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": id,
      origin: this.#origin ?? new URL(url).origin,
      cookie: this.#cookie,
    };
    return { url: new URL(path, url).href, headers, body: JSON.stringify([input]) };
  }

  /** Call a server action on the console at `url`. Never throws. */
  async act(url: string, action: string, input: unknown): Promise<Answer> {
    const { url: page, headers, body } = this.request(url, action, input);
    return readAnswer(await ask(page, { headers, body, timeoutMs: 60_000 }));
  }
}

export function readAnswer(reply: Reply): Answer {
  if (reply.failure !== null) return { kind: "broken", why: reply.failure };
  const result = readActionResult(reply.text);
  if (reply.status !== 200 || typeof result !== "object" || result === null || !("ok" in result))
    return { kind: "broken", why: `HTTP ${reply.status}` };
  if (result.ok === true && "data" in result) return { kind: "ok", data: result.data };
  if (result.ok === false && "error" in result) return { kind: "error", error: result.error as PublicError };
  return { kind: "broken", why: "no result" };
}

/** Sign in as next-auth's own form does; returns the session's cookie, good at every process of this installation. */
export async function signIn(url: string, username: string, password: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await trySignIn(url, username, password);
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(500);
    }
  }
}

async function trySignIn(url: string, username: string, password: string): Promise<string> {
  const csrf = await ask(`${url}/api/auth/csrf`, { method: "GET" });
  const token = (csrf.json as { csrfToken?: string } | undefined)?.csrfToken ?? "";
  const body = new URLSearchParams({ csrfToken: token, username, password, callbackUrl: url }).toString();
  const type = "application/x-www-form-urlencoded";
  const headers = { "content-type": type, cookie: cookiesOf(csrf), origin: new URL(url).origin };
  const reply = await ask(`${url}/api/auth/callback/credentials`, { headers, body });
  const session = cookiesOf(reply)
    .split("; ")
    .find((cookie) => /^(__Secure-)?authjs\.session-token=/.test(cookie));
  if (!session) throw new Error(`could not sign in as ${username}: HTTP ${reply.status} ${reply.failure ?? ""}`);
  return session;
}

function cookiesOf(reply: Reply): string {
  const set = reply.headers["set-cookie"];
  return (Array.isArray(set) ? set : []).map((cookie: string) => cookie.split(";")[0]).join("; ");
}
