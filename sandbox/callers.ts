import { ask, type Reply } from "./ask.ts";
import { signV1, signV3 } from "./potato-sign.ts";
import type { Sandbox } from "./start.ts";

type How = { timeoutMs?: number };

/** Calls with the right keys, for tests. */
export const askEspai = ({ espai, credentials }: Sandbox, path: string, body: unknown, how: How = {}): Promise<Reply> =>
  ask(espai + path, { headers: { authorization: credentials.espaiKey }, body, ...how });

export const askPotato = (
  { potato, credentials }: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> =>
  ask(potato + path, {
    headers: { askKey: credentials.potatoAskKey, apiUserToken: credentials.potatoUserToken, ...headers },
    body,
  });

export const askTalkbot = ({ talkbot, credentials }: Sandbox, path: string): Promise<Reply> =>
  ask(talkbot + path, { method: "GET", headers: { authorization: `Bearer ${credentials.talkbotKey}` } });

/** Signing headers for a body, as a client makes them. */
export function signed(sandbox: Sandbox, mode: "v1" | "v3", body: unknown, nonce: string, time = String(Date.now())) {
  const secret = sandbox.credentials.potatoSignSecret;
  return mode === "v1"
    ? { time, sign: signV1(secret, time) }
    : { time, nonce, sign: signV3(body, secret, time, nonce) };
}

/** The transfer of the vendor's own example. */
export const DOCUMENTED_TRANSFER = {
  code: "wNaa1GDw",
  phone: "15916888888",
  target_code: "3AoPbLSQ",
  target_phone: "17516888888",
  limit: "10",
};

export const SOURCE_ID = "772868ead56c48d68fd1924aa5ec3aac";
export const TARGET_ID = "5b0f3c1e7a9d4f3f8e2a6c4d9b1e0f72";
export const EMPTY_ID = "196bd2a26e4d459f9dc7d12053a05c15";

/** Balance of a card now. */
export const balanceIn = (sandbox: Sandbox, id: string): unknown => sandbox.state.cards.get(id)?.api_limit;
