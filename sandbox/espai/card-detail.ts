import { findCard } from "../store/store.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { espaiFailure, espaiSuccess } from "./espai-envelope.ts";
import { isFailure, requiredParams } from "./required-params.ts";

/** `/cdkey/detail`: one card by phone and code. */
export function cardDetail({ store }: UpstreamState, call: Call): CallResult {
  const given = requiredParams(call.body, ["phone", "code"]);
  if (isFailure(given)) return given;
  const card = findCard(store, given.phone, given.code);
  return card ? espaiSuccess({ success: true, message: "请求成功", data: card }) : espaiFailure("额度卡不存在");
}
