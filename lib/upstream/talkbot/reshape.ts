import "server-only";
import { parseMicro } from "@/lib/format/micro";
import type { DriftKind } from "../drift";
import { beijingTime, cleanText, countOf } from "../http/coerce";
import type { ReadRow } from "../http/parse-rows";
import type { TalkbotBilling, TalkbotUsageRow } from "./wire-schema";

type Note = (field: string, what: DriftKind, value: unknown) => void;

/** The four numbers of a bill, or null when any of them can't be read: half a bill would be misread. */
export function reshapeBilling(data: unknown, note: Note): TalkbotBilling | null {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    note("data", data === undefined || data === null ? "missing" : "type", data);
    return null;
  }
  const raw = data as Record<string, unknown>;
  const remainingPoints = microOf(raw.remainingPoints, "remainingPoints", note);
  const points = microOf(raw.points, "points", note);
  const remainingAmount = microOf(raw.remainingAmount, "remainingAmount", note);
  const amount = microOf(raw.amount, "amount", note);
  if (remainingPoints === null || points === null || remainingAmount === null || amount === null) return null;
  return { remainingPoints, points, remainingAmount, amount };
}

export function reshapeUsageRow(row: unknown, note: Note): ReadRow<TalkbotUsageRow> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    note("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Record<string, unknown>;
  if (typeof raw.name !== "string" || raw.name === "") {
    note("name", raw.name === undefined || raw.name === null || raw.name === "" ? "missing" : "type", raw.name);
    return { ok: false, id: null, field: "name" };
  }
  const createdAt = beijingTime(raw.createTime);
  if (createdAt === null) note("createTime", raw.createTime === undefined ? "missing" : "type", raw.createTime);
  return {
    ok: true,
    value: {
      name: cleanText(raw.name),
      cost: microOf(raw.cost, "cost", note),
      completionTokens: tokensOf(raw.completionTokens, "completionTokens", note),
      promptTokens: tokensOf(raw.promptTokens, "promptTokens", note),
      number: tokensOf(raw.number, "number", note),
      createdAt,
    },
  };
}

/** Documented as a decimal string. A number was parsed without loss, so it still has its digits. */
function microOf(value: unknown, field: string, note: Note): bigint | null {
  if (typeof value !== "string") note(field, value === undefined || value === null ? "missing" : "type", value);
  const micro = typeof value === "string" || typeof value === "number" ? parseMicro(String(value)) : null;
  if (micro === null && typeof value === "string") note(field, "unknown_value", value);
  return micro;
}

function tokensOf(value: unknown, field: string, note: Note): number | null {
  const count = countOf(value);
  if (count === null) note(field, value === undefined || value === null ? "missing" : "type", value);
  return count;
}
