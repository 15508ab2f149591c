import "server-only";
import { storableText } from "@/lib/format/storable-text";
import type { DriftReporter } from "../drift";
import { beijingTimeToDate, epochMsToDate, toCount } from "../http/coerce";
import type { ParsedRow } from "../http/parse-rows";
import type { PotatoKey } from "./types";

/** A row of createCardMy or getCardMyList → PotatoKey. A row with any key text is readable: no key may be dropped. */
export function reshapeKey(row: unknown, report: DriftReporter): ParsedRow<PotatoKey> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    report("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Record<string, unknown>;
  const id = idOf(raw.id, report);
  const cardStr = typeof raw.cardStr === "string" ? storableText(raw.cardStr.trim()) : "";
  if (cardStr === "") {
    report("cardStr", typeof raw.cardStr === "string" || raw.cardStr == null ? "missing" : "type", raw.cardStr);
    return { ok: false, id, field: "cardStr" };
  }
  if (!/^[0-9A-F]{32}$/.test(cardStr)) report("cardStr", "unknown_value", cardStr);
  const type = numberOf(raw.type, "type", report);
  if (type !== null && type > 5) report("type", "unknown_value", String(type));
  return {
    ok: true,
    value: {
      id,
      cardStr,
      type,
      used: flagOf(raw.state, "state", report, { "0": true, "1": false }),
      deleted: flagOf(raw.status, "status", report, { "0": true, "1": false }),
      createdAt: createdOf(raw.createdDate, report),
      expiresAt: beijingTimeToDate(raw.expireTime),
      device: typeof raw.systemStr === "string" ? storableText(raw.systemStr) || null : null,
      exportState: toCount(raw.exportState),
      ip: typeof raw.ip === "string" ? storableText(raw.ip.trim()) || null : null,
    },
  };
}

function idOf(value: unknown, report: DriftReporter): string | null {
  if (typeof value === "string" && value !== "") return storableText(value);
  report("id", value === undefined || value === null || value === "" ? "missing" : "type", value);
  return typeof value === "number" ? String(value) : null;
}

function numberOf(value: unknown, field: string, report: DriftReporter): number | null {
  const count = toCount(value);
  if (typeof value !== "number") report(field, value === undefined || value === null ? "missing" : "type", value);
  return count;
}

function flagOf(
  value: unknown,
  field: string,
  report: DriftReporter,
  meaning: Record<string, boolean>,
): boolean | null {
  const number = numberOf(value, field, report);
  if (number === null) return null;
  const flag = meaning[String(number)];
  if (flag === undefined) report(field, "unknown_value", String(number));
  return flag ?? null;
}

function createdOf(value: unknown, report: DriftReporter): Date | null {
  const date = epochMsToDate(value);
  if (typeof value !== "number" || date === null)
    report("createdDate", value === undefined || value === null ? "missing" : "type", value);
  return date;
}
