import { beijingTime } from "../core/beijing-time.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { talkbotFailure, talkbotSuccess } from "./talkbot-envelope.ts";
import { usageHistory } from "./usage-history.ts";

/** `/v1/billing/usage`: newest first, from the Beijing day `startDate` on. */
export function usage({ store }: UpstreamState, { query, now }: Call): CallResult {
  const [pageNum, pageSize] = [Number(query.get("pageNum")), Number(query.get("pageSize"))];
  const startDate = query.get("startDate") ?? "";
  if (!Number.isInteger(pageNum) || pageNum < 1) return talkbotFailure("缺失参数:pageNum", 500);
  if (!Number.isInteger(pageSize) || pageSize < 1) return talkbotFailure("缺失参数:pageSize", 500);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(startDate)) return talkbotFailure("缺失参数:startDate", 500);
  const rows = usageHistory(store.seed, store.seededAt, now)
    .filter((row) => beijingTime(row.at) >= startDate)
    .reverse();
  const data = rows.slice((pageNum - 1) * pageSize, pageNum * pageSize).map(({ row }) => row);
  return talkbotSuccess({ total: rows.length, data });
}
