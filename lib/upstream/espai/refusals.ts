import "server-only";
import type { RefusalReason } from "../types";

/** Such a message may have been thrown half-way through a write: never a refusal, whatever follows it. */
const THROWN = /^\s*系统(错误|异常|繁忙)/;

/** ESP-AI's messages when it declined before doing anything. The first match counts; each fits the beginning only. */
const BY_MESSAGE: readonly (readonly [RegExp, RefusalReason])[] = [
  [/^(缺失参数|参数(类型)?错误)/, "missing_parameter"],
  [/^(open_?)?api_?key\s*(无效|错误|不存在|不能为空|已?失效|已?过期)/i, "key_refused"],
  [/^(无效的?|错误的?)(open_?)?api_?key/i, "key_refused"],
  [/^(密钥|授权|鉴权|身份)(验证)?(无效|错误|失败|失效|不正确)/, "key_refused"],
  [/^(无|没有|暂无)(操作|访问)?权限|^权限(不足|异常)/, "no_permission"],
  [/^(当前|源)?(额度)?卡?(剩余|可用)*(额度|余额|次数)不足/, "insufficient_balance"],
  [/^(当前|源|目标|该)?额度卡不存在/, "card_not_found"],
  [/^(当前|源|目标|该)?(免费)?体验卡/, "trial_card"],
  [/^拒绝操作/, "not_allowed"],
];

/** A map, because a code may be any text, also one that every object has as a property. */
const BY_CODE: ReadonlyMap<string, RefusalReason> = new Map([
  ["401", "key_refused"],
  ["403", "no_permission"],
]);

/** Whether a message says that something was thrown, perhaps half-way through the work. */
export const isThrown = (message: string): boolean => THROWN.test(message);

/** The reason behind a `success:false`; null when it is not on the list, and then a write's outcome is unknown. */
export function espaiRefusalReason(message: string, code: number | string | null | undefined): RefusalReason | null {
  if (isThrown(message)) return null;
  const listed = BY_MESSAGE.find(([pattern]) => pattern.test(message.trim()));
  return listed?.[1] ?? BY_CODE.get(String(code ?? "")) ?? null;
}
