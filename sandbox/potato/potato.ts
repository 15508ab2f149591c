import { fields } from "../core/fields.ts";
import type { Call } from "../upstream/call.ts";
import { type CallResult, SYSTEM_ERROR, type Upstream } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { checkSignature } from "./check-signature.ts";
import { createKeys, MAX_PER_CALL, makeKeys } from "./create-keys.ts";
import { listKeys } from "./list-keys.ts";
import { potatoFailure, potatoSuccess } from "./potato-envelope.ts";

/** PotatoCloud: card keys. */
export const potato = {
  authorize: authorizePotato,
  handlers: { generate: createKeys, keys: listKeys },
  fakeSuccess: (state, { body, now }) => {
    const { type, total } = fields(body);
    const count = Math.min(MAX_PER_CALL, Number(total) || 1);
    return potatoSuccess(state, now, makeKeys(state, now, Number(type), count)).body;
  },
  listedFailure: (state, { now }) => potatoFailure(state, now, "500", "单次最多10条").body,
  unlistedFailure: (state, { now }) => potatoFailure(state, now, "500", SYSTEM_ERROR).body,
  loginExpired: (state, { now }) => potatoFailure(state, now, "403", "登录已过期，请重新登录").body,
} satisfies Upstream;

/** App token, user token and signature are checked in this order. */
function authorizePotato(state: UpstreamState, call: Call): CallResult | null {
  const { headers, now } = call;
  if (headers.askkey !== state.credentials.potatoAskKey) return potatoFailure(state, now, "403", "askKey无效");
  if (headers.apiusertoken !== state.credentials.potatoUserToken)
    return potatoFailure(state, now, "403", "登录已过期，请重新登录");
  const refusal = checkSignature(state, call);
  return refusal ? potatoFailure(state, now, "500", refusal) : null;
}
