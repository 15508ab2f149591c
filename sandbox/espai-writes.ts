import { espaiFailure, isResult, required } from "./espai.ts";
import { answer, type Call, fields, isAbsent, type Lab, type Result } from "./lab.ts";
import { balanceOf, findCard, removeCard, setBalance } from "./store.ts";
import type { CardRow, Change } from "./types.ts";

const PAID = new Set(["1", "2", "3", "4", "5"]);

/** `/cdkey/transfer`: not idempotent, sent twice it moves twice. Both cards paid, limit a whole number ≥ 1. */
export function transfer(lab: Lab, call: Call): Result {
  const given = required(call.body, ["phone", "code", "target_phone", "target_code", "limit"]);
  if (isResult(given)) return given;
  if (!/^[1-9]\d{0,14}$/.test(given.limit)) return espaiFailure("拒绝操作：转让额度必须是不小于1的整数");
  const source = findCard(lab.store, given.phone, given.code);
  const target = findCard(lab.store, given.target_phone, given.target_code);
  if (!source || !target) return espaiFailure("额度卡不存在");
  if (source.id === target.id) return espaiFailure("拒绝操作：不能转让给同一张额度卡");
  if (source.type === "0" || target.type === "0") return espaiFailure("免费体验卡不能进行额度转让操作");
  if (!PAID.has(source.type) || !PAID.has(target.type)) return espaiFailure("拒绝操作：额度卡余额转让必须都是付费卡");
  const from = balanceOf(source);
  const to = balanceOf(target);
  if (from === null || to === null) return espaiFailure("拒绝操作：不限次数的额度卡不能转让");
  const limit = Number(given.limit);
  if (from < limit) return espaiFailure("额度不足");
  setBalance(source, from - limit, call.now);
  setBalance(target, to + limit, call.now);
  return answer({ success: true, message: "请求成功" }, [
    { kind: "balance", cardId: source.id, from, to: from - limit },
    { kind: "balance", cardId: target.id, from: to, to: to + limit },
  ]);
}

/** `/cdkey/destroy`: a JSON array of `{id}`; only paid cards with balance 0. */
export function destroy(lab: Lab, call: Call): Result {
  if (!Array.isArray(call.body) || call.body.length === 0) return espaiFailure("缺失参数:id", 401);
  const ids = call.body.map((item: unknown) => fields(item).id);
  if (ids.some(isAbsent)) return espaiFailure("缺失参数:id", 401);
  if (!ids.every((id) => typeof id === "string")) return espaiFailure("参数类型错误:id", 401);
  const obstacles = ids.map((id) => obstacle(lab.store.cards.get(id)));
  const worst = obstacles.find((found) => found !== null);
  if (worst && lab.options.destroyArray === "all") return espaiFailure(worst);
  let doomed = ids.filter((_, i) => obstacles[i] === null);
  if (call.twist?.partial) doomed = doomed.slice(0, call.twist.partial.by ?? Math.ceil(doomed.length / 2));
  const changes: Change[] = [];
  for (const cardId of new Set(doomed)) {
    removeCard(lab.store, cardId);
    lab.store.destroyed += 1;
    changes.push({ kind: "destroyed", cardId });
  }
  if (worst) return { ...espaiFailure(worst), changes };
  return answer({ success: true, message: "删除成功" }, changes);
}

function obstacle(card: CardRow | undefined): string | null {
  if (!card) return "额度卡不存在";
  if (!PAID.has(card.type) || balanceOf(card) !== 0) return "拒绝操作：额度卡销毁必须是付费卡并且余额为0";
  return null;
}
