import "server-only";
import { parseMicro } from "@/lib/format/micro";
import { storableText } from "@/lib/format/storable-text";
import type { DriftReporter } from "../drift";
import { beijingTimeToDate, toCount } from "../http/coerce";
import type { ParsedRow } from "../http/parse-rows";
import type { TalkbotBilling, TalkbotUsageRow } from "./types";

/** The four numbers of a bill, or null when any of them can't be read: half a bill would be misread. */
export function reshapeBilling(data: unknown, report: DriftReporter): TalkbotBilling | null {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    report("data", data === undefined || data === null ? "missing" : "type", data);
    return null;
  }
  const raw = data as Record<string, unknown>;
  const remainingPoints = microOf(raw.remainingPoints, "remainingPoints", report);
  const points = microOf(raw.points, "points", report);
  const remainingAmount = microOf(raw.remainingAmount, "remainingAmount", report);
  const amount = microOf(raw.amount, "amount", report);
  if (remainingPoints === null || points === null || remainingAmount === null || amount === null) return null;
  return { remainingPoints, points, remainingAmount, amount };
}

export function reshapeUsageRow(row: unknown, report: DriftReporter): ParsedRow<TalkbotUsageRow> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    report("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Record<string, unknown>;
  if (typeof raw.name !== "string" || raw.name === "") {
    report("name", raw.name === undefined || raw.name === null || raw.name === "" ? "missing" : "type", raw.name);
    return { ok: false, id: null, field: "name" };
  }
  const createdAt = beijingTimeToDate(raw.createTime);
  if (createdAt === null) report("createTime", raw.createTime === undefined ? "missing" : "type", raw.createTime);
  return {
    ok: true,
    value: {
      name: storableText(raw.name),
      cost: microOf(raw.cost, "cost", report),
      completionTokens: tokensOf(raw.completionTokens, "completionTokens", report),
      promptTokens: tokensOf(raw.promptTokens, "promptTokens", report),
      number: tokensOf(raw.number, "number", report),
      createdAt,
    },
  };
}

/** Documented as a decimal string. A number was parsed without loss, so it still has its digits. */
function microOf(value: unknown, field: string, report: DriftReporter): bigint | null {
  if (typeof value !== "string") report(field, value === undefined || value === null ? "missing" : "type", value);
  const micro = typeof value === "string" || typeof value === "number" ? parseMicro(String(value)) : null;
  if (micro === null && typeof value === "string") report(field, "unknown_value", value);
  return micro;
}

function tokensOf(value: unknown, field: string, report: DriftReporter): number | null {
  const count = toCount(value);
  if (count === null) report(field, value === undefined || value === null ? "missing" : "type", value);
  return count;
}
