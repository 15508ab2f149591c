import "server-only";
import { storableText } from "@/lib/format/storable-text";
import type { DriftReporter } from "../drift";
import { epochMsToDate } from "../http/coerce";
import type { ParsedRow } from "../http/parse-rows";
import type { Balance, Card, EspaiCard } from "./types";

type Report = DriftReporter<keyof EspaiCard | "row">;

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(["0", "1", "2", "3", "4", "5"]);

/** Nothing documented is longer, and an index of the mirror can't hold a text of kilobytes. */
const MAX_LENGTH = { identifier: 64, phone: 32, text: 256 };

/**
 * EspaiCard → Card. Only id and code are indispensable; anything else that can't be read becomes null and is reported.
 * Written by hand, not as a schema: it runs for thousands of rows at a time.
 */
export function reshapeCard(row: unknown, report: Report): ParsedRow<Card> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    report("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Partial<Record<keyof EspaiCard, unknown>>;
  const id = identifierOf(raw.id, "id", report);
  if (id === null) return { ok: false, id: null, field: "id" };
  const code = identifierOf(raw.code, "code", report);
  // A code sent as a number has lost its leading zeros, unless it still has all eight digits.
  if (code === null || (typeof raw.code === "number" && code.length !== 8)) return { ok: false, id, field: "code" };
  const type = identifierOf(raw.type, "type", report) ?? "";
  if (type !== "" && !KNOWN_TYPES.has(type)) report("type", "unknown_value", type);
  return {
    ok: true,
    value: {
      id,
      code,
      type,
      balance: balanceOf(raw.api_limit, report),
      userId: optionalTextOf(raw.user_id, "user_id", report),
      phone: phoneOf(raw.user_phone, report),
      userName: optionalTextOf(raw.user_name, "user_name", report),
      createdAt: dateOf(raw.create_time, "create_time", report),
      updatedAt: dateOf(raw.update_time, "update_time", report),
    },
  };
}

/** `api_limit`: calls left. How an unlimited card's looks is not documented; these are the likely forms. */
export function balanceOf(value: unknown, report: Report): Balance {
  const text = typeof value === "string" ? value.trim() : value;
  if (typeof text === "string" && (/^不限/.test(text) || text.toLowerCase() === "unlimited")) return "unlimited";
  const number = typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : text;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) {
    report("api_limit", value === undefined ? "missing" : "type", value);
    return null;
  }
  if (typeof value === "string") report("api_limit", "type", value);
  return number < 0 ? "unlimited" : number;
}

/** A number or a string of digits; "+86 159-…" keeps its digits, a masked phone is none. */
export function phoneOf(value: unknown, report: Report): string | null {
  if (value === null || value === "" || value === 0) return null;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return String(value);
  if (typeof value === "string" && /^[+\d][\d\s()-]*$/.test(value.trim()) && value.length <= MAX_LENGTH.phone)
    return value.replace(/\D/g, "") || null;
  report("user_phone", value === undefined ? "missing" : typeof value === "string" ? "unknown_value" : "type", value);
  return null;
}

/** An id, code or type: text, or a number that should have been one. */
function identifierOf(value: unknown, field: keyof EspaiCard, report: Report): string | null {
  if (typeof value === "string") {
    const text = storableText(value.trim());
    if (text === "") report(field, "missing", value);
    else if (text.length > MAX_LENGTH.identifier) report(field, "unknown_value", value);
    return text.length > MAX_LENGTH.identifier ? null : text || null;
  }
  report(field, value === undefined || value === null ? "missing" : "type", value);
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}

function optionalTextOf(value: unknown, field: keyof EspaiCard, report: Report): string | null {
  if (typeof value === "string") {
    if (value.length > MAX_LENGTH.text) report(field, "unknown_value", value);
    return storableText(value.slice(0, MAX_LENGTH.text)) || null;
  }
  if (value === null) return null;
  report(field, value === undefined ? "missing" : "type", value);
  return typeof value === "number" ? String(value) : null;
}

function dateOf(value: unknown, field: keyof EspaiCard, report: Report): Date | null {
  const date = epochMsToDate(value);
  if (date === null && value !== null) report(field, value === undefined ? "missing" : "type", value);
  else if (typeof value === "string") report(field, "type", value);
  return date;
}
