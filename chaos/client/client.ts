import { setTimeout as sleep } from "node:timers/promises";
import { type HttpReply, sendRequest } from "../../sandbox/http/send-request.ts";
import type { ActionManifest } from "../../test/support/action-manifest.ts";
import { openHttpClient, signIn } from "../../test/support/http-client.ts";
import { readActionResult } from "./flight-response.ts";

export type PublicError = { code: string; key: string; params?: Record<string, unknown>; details?: string };

/** The result of an action. Indeterminate: no readable answer (connection lost, process killed), so it may have run. */
export type ActionResult =
  | { kind: "ok"; data: unknown }
  | { kind: "error"; error: PublicError }
  | { kind: "indeterminate"; why: string };

type Account = { username: string; password: string };

/** A signed-in user's browser: calls server actions over plain HTTP as the built pages do. */
export class Client {
  readonly manifest: ActionManifest;
  #cookie: string;
  readonly #account: Account | undefined;
  readonly #origin: string | undefined;
  #signingIn: Promise<boolean> | null = null;

  /** With the `account` it signs in again when its session has ended, and proves who it is, as its user would. */
  constructor(
    manifest: ActionManifest,
    cookie: string,
    { account, origin }: { account?: Account; origin?: string } = {},
  ) {
    this.manifest = manifest;
    this.#cookie = cookie;
    this.#account = account;
    this.#origin = origin;
  }

  /** The same browser, on a page of another site. */
  withOrigin(origin: string): Client {
    return new Client(this.manifest, this.#cookie, { origin });
  }

  /** The headers and body a browser would send for an action. */
  request(url: string, action: string, input: unknown): { url: string; headers: Record<string, string>; body: string } {
    const { path, id } = this.manifest(action);
    const headers = {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": id,
      origin: this.#origin ?? new URL(url).origin,
      cookie: this.#cookie,
    };
    return { url: new URL(path, url).href, headers, body: JSON.stringify([input]) };
  }

  /**
   * Call a server action on the console at `url`; once more after signing in again if the session has ended (a step of
   * the clock makes it idle), and after a fresh proof if it wants one, for then it did nothing. Never throws.
   */
  async call(url: string, action: string, input: unknown): Promise<ActionResult> {
    const result = await this.#sendSignedIn(url, action, input);
    if (!isRefusal(result, "proof_required") || !this.#account) return result;
    const proof = { by: "password", password: this.#account.password };
    const proved = await this.#send(url, "account.proveIdentityAction", proof);
    return proved.kind === "ok" ? this.#send(url, action, input) : proved;
  }

  async #sendSignedIn(url: string, action: string, input: unknown): Promise<ActionResult> {
    const cookie = this.#cookie;
    const result = await this.#send(url, action, input);
    if (!isRefusal(result, "not_signed_in") || !this.#account) return result;
    const again = this.#cookie !== cookie || (await this.#signInAgain(url, this.#account));
    return again ? this.#send(url, action, input) : result;
  }

  /** Calls that find the session ended at the same time wait for one sign-in. */
  #signInAgain(url: string, account: Account): Promise<boolean> {
    this.#signingIn ??= openSession(url, this.manifest, account)
      .then((cookie) => {
        this.#cookie = cookie;
        return true;
      })
      .catch(() => false)
      .finally(() => {
        this.#signingIn = null;
      });
    return this.#signingIn;
  }

  async #send(url: string, action: string, input: unknown): Promise<ActionResult> {
    const { url: page, headers, body } = this.request(url, action, input);
    return resultOf(await sendRequest(page, { headers, body, signal: AbortSignal.timeout(60_000) }));
  }
}

const isRefusal = (result: ActionResult, code: string): boolean =>
  result.kind === "error" && result.error.code === code;

function resultOf(reply: HttpReply): ActionResult {
  if (reply.failure !== null) return { kind: "indeterminate", why: reply.failure };
  const result = readActionResult(reply.text);
  if (reply.status !== 200 || typeof result !== "object" || result === null || !("ok" in result))
    return { kind: "indeterminate", why: `HTTP ${reply.status}` };
  if (result.ok === true && "data" in result) return { kind: "ok", data: result.data };
  if (result.ok === false && "error" in result) return { kind: "error", error: result.error as PublicError };
  return { kind: "indeterminate", why: "no result" };
}

/** Sign in, in up to five attempts; returns the session's cookie, which is valid at every console of the cluster. */
export async function openSession(url: string, manifest: ActionManifest, account: Account): Promise<string> {
  const http = openHttpClient(url);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await signIn(http, manifest, account);
      } catch (error) {
        if (attempt === 5) throw error;
        await sleep(500);
      }
    }
  } finally {
    http.close();
  }
}
