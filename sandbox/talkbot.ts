import { beijingTime } from "./beijing-time.ts";
import { answer, type Call, type Lab, type Result } from "./lab.ts";
import { decimal6, usageUntil } from "./usage.ts";

/** The documented account: 210 bought, worth 10,000 points each. */
const BOUGHT_MICROS = 210_000_000;
const POINTS_PER_UNIT = 10_000;

const failure = (msg: string, code: number): Result => ({ body: { msg, code }, changes: [], refusal: msg });

/** `Authorization: Bearer <key>`. Null when it is right. */
export function authorizeTalkbot(lab: Lab, call: Call): Result | null {
  const right = call.headers.authorization === `Bearer ${lab.credentials.talkbotKey}`;
  return right ? null : failure("Error request, response status: 401", 401);
}

/** `/v1/billing`: decimal strings with six places; what is left goes down as usage grows. */
export function billing(lab: Lab, call: Call): Result {
  const used = usageUntil(lab.store.seed, lab.store.seededAt, call.now).reduce((sum, row) => sum + row.costMicros, 0);
  const left = Math.max(0, BOUGHT_MICROS - used);
  return answer({
    msg: "操作成功。",
    code: 200,
    data: {
      remainingPoints: decimal6(left * POINTS_PER_UNIT),
      points: decimal6(BOUGHT_MICROS * POINTS_PER_UNIT),
      remainingAmount: decimal6(left),
      amount: decimal6(BOUGHT_MICROS),
    },
  });
}

/** `/v1/billing/usage`: newest first, from the Beijing day `startDate` on. */
export function usage(lab: Lab, call: Call): Result {
  const [pageNum, pageSize] = [Number(call.query.get("pageNum")), Number(call.query.get("pageSize"))];
  const startDate = call.query.get("startDate") ?? "";
  if (!Number.isInteger(pageNum) || pageNum < 1) return failure("缺失参数:pageNum", 500);
  if (!Number.isInteger(pageSize) || pageSize < 1) return failure("缺失参数:pageSize", 500);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(startDate)) return failure("缺失参数:startDate", 500);
  const rows = usageUntil(lab.store.seed, lab.store.seededAt, call.now)
    .filter((row) => beijingTime(row.at) >= startDate)
    .reverse();
  const data = rows.slice((pageNum - 1) * pageSize, pageNum * pageSize).map(({ row }) => row);
  return answer({ msg: "操作成功。", total: rows.length, code: 200, data });
}
