import "server-only";
import type { DriftKind } from "../drift";
import { cleanText, timeOf } from "../http/coerce";
import type { ReadRow } from "../http/parse-rows";
import type { Balance, Card } from "./types";
import type { EspaiCard } from "./wire-schema";

type Note = (field: keyof EspaiCard | "row", what: DriftKind, value: unknown) => void;

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(["0", "1", "2", "3", "4", "5"]);

/** Longer ones are none of the documented: an index of the mirror holds no text of kilobytes. */
const LONGEST = { label: 64, phone: 32, text: 256 };

/**
 * EspaiCard → Card. Only id and code are indispensable; anything else that can't be read becomes null and is noted.
 * Written by hand: it runs for thousands of rows while others wait.
 */
export function reshapeCard(row: unknown, note: Note): ReadRow<Card> {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    note("row", "type", row);
    return { ok: false, id: null, field: "row" };
  }
  const raw = row as Partial<Record<keyof EspaiCard, unknown>>;
  const id = label(raw.id, "id", note);
  if (id === null) return { ok: false, id: null, field: "id" };
  const code = label(raw.code, "code", note);
  // A code sent as a number has lost its leading zeros, unless it still has all eight digits.
  if (code === null || (typeof raw.code === "number" && code.length !== 8)) return { ok: false, id, field: "code" };
  const type = label(raw.type, "type", note) ?? "";
  if (type !== "" && !KNOWN_TYPES.has(type)) note("type", "unknown_value", type);
  return {
    ok: true,
    value: {
      id,
      code,
      type,
      balance: balanceOf(raw.api_limit, note),
      userId: optionalText(raw.user_id, "user_id", note),
      phone: phoneOf(raw.user_phone, note),
      userName: optionalText(raw.user_name, "user_name", note),
      createdAt: dateOf(raw.create_time, "create_time", note),
      updatedAt: dateOf(raw.update_time, "update_time", note),
    },
  };
}

/** `api_limit`: calls left. How an unlimited card's looks is not documented; these are the likely ways. */
export function balanceOf(value: unknown, note: Note): Balance {
  const text = typeof value === "string" ? value.trim() : value;
  if (typeof text === "string" && (/^不限/.test(text) || text.toLowerCase() === "unlimited")) return "unlimited";
  const number = typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : text;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) {
    note("api_limit", value === undefined ? "missing" : "type", value);
    return null;
  }
  if (typeof value === "string") note("api_limit", "type", value);
  return number < 0 ? "unlimited" : number;
}

/** A number or a string of digits; "+86 159-…" keeps its digits, a masked phone is none. */
export function phoneOf(value: unknown, note: Note): string | null {
  if (value === null || value === "" || value === 0) return null;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return String(value);
  if (typeof value === "string" && /^[+\d][\d\s()-]*$/.test(value.trim()) && value.length <= LONGEST.phone)
    return value.replace(/\D/g, "") || null;
  note("user_phone", value === undefined ? "missing" : typeof value === "string" ? "unknown_value" : "type", value);
  return null;
}

/** An id, code or type: text, or a number that should have been one. */
function label(value: unknown, field: keyof EspaiCard, note: Note): string | null {
  if (typeof value === "string") {
    const text = cleanText(value.trim());
    if (text === "") note(field, "missing", value);
    else if (text.length > LONGEST.label) note(field, "unknown_value", value);
    return text.length > LONGEST.label ? null : text || null;
  }
  note(field, value === undefined || value === null ? "missing" : "type", value);
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}

function optionalText(value: unknown, field: keyof EspaiCard, note: Note): string | null {
  if (typeof value === "string") {
    if (value.length > LONGEST.text) note(field, "unknown_value", value);
    return cleanText(value.slice(0, LONGEST.text)) || null;
  }
  if (value === null) return null;
  note(field, value === undefined ? "missing" : "type", value);
  return typeof value === "number" ? String(value) : null;
}

function dateOf(value: unknown, field: keyof EspaiCard, note: Note): Date | null {
  const date = timeOf(value);
  if (date === null && value !== null) note(field, value === undefined ? "missing" : "type", value);
  else if (typeof value === "string") note(field, "type", value);
  return date;
}
