import type { Call } from "../upstream/call.ts";
import { type CallResult, SYSTEM_ERROR, type Upstream } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { billing } from "./billing.ts";
import { talkbotFailure, talkbotSuccess } from "./talkbot-envelope.ts";
import { usage } from "./usage.ts";

const WRONG_KEY = "Error request, response status: 401";

/** Talk-Bot: the bill. */
export const talkbot = {
  authorize: authorizeTalkbot,
  handlers: { billing, usage },
  fakeSuccess: () => talkbotSuccess({}).body,
  listedFailure: () => talkbotFailure(WRONG_KEY, 401).body,
  unlistedFailure: () => talkbotFailure(SYSTEM_ERROR, 500).body,
  loginExpired: () => talkbotFailure(WRONG_KEY, 401).body,
} satisfies Upstream;

/** `Authorization: Bearer <key>`. */
function authorizeTalkbot({ credentials }: UpstreamState, { headers }: Call): CallResult | null {
  return headers.authorization === `Bearer ${credentials.talkbotKey}` ? null : talkbotFailure(WRONG_KEY, 401);
}
