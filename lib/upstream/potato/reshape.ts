import "server-only";
import type { DriftKind } from "../drift";
import { beijingTime, cleanText, countOf, timeOf } from "../http/coerce";
import type { ReadRow } from "../http/parse-rows";
import type { PotatoKey } from "./wire-schema";

type Note = (field: string, what: DriftKind, value: unknown) => void;

/** A row of createCardMy or getCardMyList → PotatoKey. A row with any key text is readable: no key may be dropped. */
export function reshapeKey(row: unknown, note: Note): ReadRow<PotatoKey> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    note("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Record<string, unknown>;
  const id = idOf(raw.id, note);
  const cardStr = typeof raw.cardStr === "string" ? cleanText(raw.cardStr.trim()) : "";
  if (cardStr === "") {
    note("cardStr", typeof raw.cardStr === "string" || raw.cardStr == null ? "missing" : "type", raw.cardStr);
    return { ok: false, id, field: "cardStr" };
  }
  if (!/^[0-9A-F]{32}$/.test(cardStr)) note("cardStr", "unknown_value", cardStr);
  const type = numberOf(raw.type, "type", note);
  if (type !== null && type > 5) note("type", "unknown_value", String(type));
  return {
    ok: true,
    value: {
      id,
      cardStr,
      type,
      used: flagOf(raw.state, "state", note, { "0": true, "1": false }),
      deleted: flagOf(raw.status, "status", note, { "0": true, "1": false }),
      createdAt: createdOf(raw.createdDate, note),
      expiresAt: beijingTime(raw.expireTime),
      device: typeof raw.systemStr === "string" ? cleanText(raw.systemStr) || null : null,
    },
  };
}

function idOf(value: unknown, note: Note): string | null {
  if (typeof value === "string" && value !== "") return cleanText(value);
  note("id", value === undefined || value === null || value === "" ? "missing" : "type", value);
  return typeof value === "number" ? String(value) : null;
}

function numberOf(value: unknown, field: string, note: Note): number | null {
  const count = countOf(value);
  if (typeof value !== "number") note(field, value === undefined || value === null ? "missing" : "type", value);
  return count;
}

function flagOf(value: unknown, field: string, note: Note, meaning: Record<string, boolean>): boolean | null {
  const number = numberOf(value, field, note);
  if (number === null) return null;
  const flag = meaning[String(number)];
  if (flag === undefined) note(field, "unknown_value", String(number));
  return flag ?? null;
}

function createdOf(value: unknown, note: Note): Date | null {
  const date = timeOf(value);
  if (typeof value !== "number" || date === null)
    note("createdDate", value === undefined || value === null ? "missing" : "type", value);
  return date;
}
