import type { Credentials } from "./core/credentials.ts";
import type { UpstreamName } from "./core/endpoints.ts";
import { type HttpReply, sendRequest } from "./http/send-request.ts";
import { signV1, signV3 } from "./potato/potato-sign.ts";

/** Where the upstreams listen, and the credentials they accept; a sandbox is one. */
type Target = Record<UpstreamName, string> & { credentials: Credentials };

/** A call to ESP-AI with the right key. */
export const callEspai = (
  { espai, credentials }: Target,
  path: string,
  body: unknown,
  options: { signal?: AbortSignal } = {},
): Promise<HttpReply> =>
  sendRequest(espai + path, { headers: { authorization: credentials.espaiKey }, body, ...options });

/** A call to PotatoCloud with both tokens; other headers are added or replace them. */
export const callPotato = (
  { potato, credentials }: Target,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<HttpReply> =>
  sendRequest(potato + path, {
    headers: { askKey: credentials.potatoAskKey, apiUserToken: credentials.potatoUserToken, ...headers },
    body,
  });

/** A call to Talk-Bot with the right key. */
export const callTalkbot = ({ talkbot, credentials }: Target, path: string): Promise<HttpReply> =>
  sendRequest(talkbot + path, { method: "GET", headers: { authorization: `Bearer ${credentials.talkbotKey}` } });

/** PotatoCloud's signing headers for a body, as a client makes them. */
export function signHeaders(
  { credentials }: Target,
  mode: "v1" | "v3",
  body: unknown,
  nonce: string,
  time = String(Date.now()),
): Record<string, string> {
  const secret = credentials.potatoSignSecret;
  return mode === "v1"
    ? { time, sign: signV1(secret, time) }
    : { time, nonce, sign: signV3(body, secret, time, nonce) };
}
