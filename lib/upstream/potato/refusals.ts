import "server-only";
import type { RefusalReason } from "../types";

/** PotatoCloud's messages when it declined before making anything. The first match counts. */
const BY_MESSAGE: readonly (readonly [RegExp, RefusalReason])[] = [
  [
    /^((接口)?验签(失败|错误|异常|不通过)[：:，,\s]*)?(time|timestamp|时间戳?|请求时间)(参数)?\S{0,4}(过期|失效|超时|超出|无效|错误|不正确|不一致|误差)/i,
    "clock_skew",
  ],
  [/^(接口)?验签(失败|错误|异常|不通过|不能为空)|^(签名|sign)(错误|失败|无效|不正确|不能为空)/i, "signature_refused"],
  [/^单次(最多|最大)|^(生成)?(条数|数量).*(最多|最大|超过|不能大于)/, "too_many_keys"],
  [/^askKey\s*(无效|错误|不存在|不能为空|不正确)|^(无效的?|错误的?)askKey/i, "key_refused"],
  [/^(未|没有)(开启|打开).*(生成|卡密)|^请(先)?(开启|打开).*(生成|卡密)/, "no_permission"],
  [
    /^(权限(异常|不足)|无权限|没有权限)|^(登录|登陆)(已?(超时|过期|失效))|^(未登录|未登陆|请先?登[录陆])/,
    "no_permission",
  ],
  [/^(缺失参数|参数(类型)?错误)|^(缺少|缺失).*参数|^参数.*(不能为空|缺失)/, "missing_parameter"],
];

/** 403 权限异常或登陆超时 (createCardMy, 返回参数说明). 500 请求异常 is not on the list: it may have been thrown half-way. */
const BY_CODE: ReadonlyMap<string, RefusalReason> = new Map([
  ["401", "key_refused"],
  ["403", "no_permission"],
]);

/** The reason behind a failure; null when it is not on the list, and then a write's outcome is unknown. */
export function potatoRefusalReason(message: string, code: string): RefusalReason | null {
  const listed = BY_MESSAGE.find(([pattern]) => pattern.test(message.trim()));
  return listed?.[1] ?? BY_CODE.get(code) ?? null;
}
