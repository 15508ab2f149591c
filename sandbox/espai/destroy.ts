import { fields, isAbsent } from "../core/fields.ts";
import { balanceOf, type CardRow } from "../store/card-row.ts";
import type { Change } from "../store/journal.ts";
import { removeCard } from "../store/store.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { espaiFailure, espaiSuccess } from "./espai-envelope.ts";
import { PAID_TYPES } from "./paid-types.ts";

/** `/cdkey/destroy`: a JSON array of `{id}`; only paid cards with balance 0. */
export function destroy({ store, options }: UpstreamState, call: Call): CallResult {
  if (!Array.isArray(call.body) || call.body.length === 0) return espaiFailure("缺失参数:id", 401);
  const ids = call.body.map((item: unknown) => fields(item).id);
  if (ids.some(isAbsent)) return espaiFailure("缺失参数:id", 401);
  if (!ids.every((id) => typeof id === "string")) return espaiFailure("参数类型错误:id", 401);
  const refusals = ids.map((id) => refusalOf(store.cards.get(id)));
  const refusal = refusals.find((found) => found !== null);
  if (refusal && options.destroyArray === "all") return espaiFailure(refusal);
  let destroyed = ids.filter((_, i) => refusals[i] === null);
  const partial = call.override?.partial;
  if (partial) destroyed = destroyed.slice(0, partial.by ?? Math.ceil(destroyed.length / 2));
  const changes: Change[] = [];
  for (const cardId of new Set(destroyed)) {
    removeCard(store, cardId);
    store.destroyed += 1;
    changes.push({ kind: "destroyed", cardId });
  }
  if (refusal) return { ...espaiFailure(refusal), changes };
  return espaiSuccess({ success: true, message: "删除成功" }, changes);
}

/** Why a card can't be destroyed; null if it can. */
function refusalOf(card: CardRow | undefined): string | null {
  if (!card) return "额度卡不存在";
  if (!PAID_TYPES.has(card.type) || balanceOf(card) !== 0) return "拒绝操作：额度卡销毁必须是付费卡并且余额为0";
  return null;
}
