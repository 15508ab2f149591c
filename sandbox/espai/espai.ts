import type { Call } from "../upstream/call.ts";
import { type CallResult, SYSTEM_ERROR, type Upstream } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { cardDetail } from "./card-detail.ts";
import { destroy } from "./destroy.ts";
import { espaiFailure } from "./espai-envelope.ts";
import { listCards } from "./list-cards.ts";
import { transfer } from "./transfer.ts";

/** ESP-AI: quota cards. */
export const espai = {
  authorize: authorizeEspai,
  handlers: { list: listCards, detail: cardDetail, transfer, destroy },
  fakeSuccess: (_, { kind }) => ({ success: true, message: kind === "destroy" ? "删除成功" : "请求成功" }),
  listedFailure: (_state, { kind }) => espaiFailure(listedRefusal(kind)).body,
  unlistedFailure: () => espaiFailure(SYSTEM_ERROR).body,
  loginExpired: () => espaiFailure("open_api_key无效", 401).body,
} satisfies Upstream;

/** The `authorization` header is the bare 32-character key, without Bearer. */
function authorizeEspai({ credentials }: UpstreamState, { headers }: Call): CallResult | null {
  if (!headers.authorization) return espaiFailure("缺失参数:authorization", 401);
  if (headers.authorization !== credentials.espaiKey) return espaiFailure("open_api_key无效", 401);
  return null;
}

function listedRefusal(kind: Call["kind"]): string {
  if (kind === "transfer") return "额度不足";
  if (kind === "destroy") return "拒绝操作：额度卡销毁必须是付费卡并且余额为0";
  return "额度卡不存在";
}
