import { balanceOf, setBalance } from "../store/card-row.ts";
import { findCard } from "../store/store.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { espaiFailure, espaiSuccess } from "./espai-envelope.ts";
import { PAID_TYPES } from "./paid-types.ts";
import { isFailure, requiredParams } from "./required-params.ts";

/** `/cdkey/transfer`: not idempotent, sent twice it moves twice. Both cards paid, limit a whole number ≥ 1. */
export function transfer({ store }: UpstreamState, call: Call): CallResult {
  const given = requiredParams(call.body, ["phone", "code", "target_phone", "target_code", "limit"]);
  if (isFailure(given)) return given;
  if (!/^[1-9]\d{0,14}$/.test(given.limit)) return espaiFailure("拒绝操作：转让额度必须是不小于1的整数");
  const source = findCard(store, given.phone, given.code);
  const target = findCard(store, given.target_phone, given.target_code);
  if (!source || !target) return espaiFailure("额度卡不存在");
  if (source.id === target.id) return espaiFailure("拒绝操作：不能转让给同一张额度卡");
  if (source.type === "0" || target.type === "0") return espaiFailure("免费体验卡不能进行额度转让操作");
  if (!PAID_TYPES.has(source.type) || !PAID_TYPES.has(target.type))
    return espaiFailure("拒绝操作：额度卡余额转让必须都是付费卡");
  const from = balanceOf(source);
  const to = balanceOf(target);
  if (from === null || to === null) return espaiFailure("拒绝操作：不限次数的额度卡不能转让");
  const limit = Number(given.limit);
  if (from < limit) return espaiFailure("额度不足");
  setBalance(source, from - limit, call.now);
  setBalance(target, to + limit, call.now);
  return espaiSuccess({ success: true, message: "请求成功" }, [
    { kind: "balance", cardId: source.id, from, to: from - limit },
    { kind: "balance", cardId: target.id, from: to, to: to + limit },
  ]);
}
