import "server-only";
import { env } from "@/lib/core/env";
import type { RawResponse } from "../call-result";
import { driftReporter } from "../drift";
import { callRead, callWrite, type RequestSpec, type UpstreamConfig } from "../http/call-upstream";
import { parseRows } from "../http/parse-rows";
import type { WriteOutcome } from "../types";
import { UpstreamError } from "../upstream-error";
import { parsePotatoResponse } from "./parse-response";
import { reshapeKey } from "./reshape";
import { makeNonce, type SignMode, signV1, signV3 } from "./sign";
import type { CreatedKeys, CreateKeysInput, KeyList, ListKeysInput } from "./types";

export type PotatoConfig = Omit<UpstreamConfig, "upstream" | "secrets"> & {
  askKey: string;
  userToken: string;
  sign: SignMode;
  /** Needed for v1 and v3. */
  signSecret?: string;
  /** Epoch ms; injected in tests. */
  now?: () => number;
  nonce?: () => string;
};

type Potato = ReturnType<typeof createPotato>;

/** PotatoCloud's card keys (卡密). Reads throw {@link UpstreamError}; the write is called once and never throws. */
export function createPotato({
  askKey,
  userToken,
  sign,
  signSecret: secret = "",
  now = Date.now,
  nonce = makeNonce,
  ...settings
}: PotatoConfig) {
  const signSecret = sign === "none" ? null : secret;
  if (signSecret === "") throw new UpstreamError("potato", "not_configured", "signing is on without a secret");
  const secrets = [askKey, userToken, signSecret ?? ""].filter(Boolean);
  const config: UpstreamConfig = { ...settings, upstream: "potato", secrets };

  const post = (path: string, params: Record<string, unknown>): RequestSpec => ({
    method: "POST",
    path,
    headers: () => ({ askKey, apiUserToken: userToken, ...signature(params) }),
    body: JSON.stringify(params),
  });

  function signature(params: Record<string, unknown>): Record<string, string> {
    if (signSecret === null) return {};
    const time = String(now());
    if (sign === "v1") return { time, sign: signV1(signSecret, time) };
    const once = nonce();
    return { time, nonce: once, sign: signV3(params, signSecret, time, once) };
  }

  /** Make up to ten keys (生成卡密). A call without an answer may still have made them. */
  async function createKeys({ type, total }: CreateKeysInput): Promise<WriteOutcome<CreatedKeys>> {
    if (!Number.isInteger(total) || total < 1 || total > 10) throw new RangeError("total must be 1 to 10");
    const parse = (response: RawResponse) => parsePotatoResponse(response, { signSecret, emptyAllowed: false });
    const outcome = await callWrite(config, post("/api/createCardMy", { type, total }), parse);
    if (outcome.kind !== "done") return outcome;
    return { ...outcome, data: await parseKeys(outcome.data, "/api/createCardMy") };
  }

  /** Keys of the account, newest first. */
  async function listKeys({ page, size, type, cardStr, state }: ListKeysInput): Promise<KeyList> {
    const params = { p: page, s: Math.min(size, 1000), ...compact({ type, cardStr, state }) };
    const parse = (response: RawResponse) => parsePotatoResponse(response, { signSecret, emptyAllowed: true });
    const { data } = await callRead(config, post("/api/getCardMyList", params), parse);
    return { ...(await parseKeys(data, "/api/getCardMyList")), rows: data.length };
  }

  return { createKeys, listKeys };
}

let configured: Potato | undefined;

/** PotatoCloud as this process is configured. Throws {@link UpstreamError} "not_configured" without its keys. */
export function potato(): Potato {
  configured ??= fromEnv();
  return configured;
}

function fromEnv(): Potato {
  const e = env();
  if (!e.POTATO_ASK_KEY || !e.POTATO_USER_TOKEN) throw new UpstreamError("potato", "not_configured");
  return createPotato({
    baseUrl: e.POTATO_BASE_URL,
    askKey: e.POTATO_ASK_KEY,
    userToken: e.POTATO_USER_TOKEN,
    sign: e.POTATO_SIGN,
    ...(e.POTATO_SIGN_SECRET && { signSecret: e.POTATO_SIGN_SECRET }),
    readTimeoutMs: e.UPSTREAM_TIMEOUT_MS,
    writeTimeoutMs: e.UPSTREAM_WRITE_TIMEOUT_MS,
    allowInsecureLoopback: e.ALLOW_INSECURE_LOOPBACK_UPSTREAMS,
  });
}

async function parseKeys(rows: readonly unknown[], call: string): Promise<CreatedKeys> {
  const report = driftReporter("potato", call);
  const { items, unreadable } = await parseRows(rows, (row) => reshapeKey(row, report));
  return { keys: items, unreadable };
}

const compact = (params: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== ""));
