import { isDay } from "@/lib/format/dates";
import { parseInteger } from "@/lib/format/numbers";
import { normalizePhone } from "@/lib/format/phones";

/** Why a text is no value: a key of the `errors` messages. */
export type FilterError =
  | "too_long"
  | "bad_format"
  | "not_a_number"
  | "one_number"
  | "one_value"
  | "tag_private"
  /** Where values are masked: any other part would tell what the mask hides. */
  | "phone_whole_or_last4"
  | "code_whole_or_last4";
type Reading<Value> = { value: Value } | { error: FilterError };

/**
 * Reads a value from text that was typed, pasted or in the URL and is not blank. Never truncates: too long is an error.
 */
export type FilterKind<Value> = (text: string) => Reading<Value>;

const MAX_TEXT = 64;

export const text: FilterKind<string> = (typed) => within(typed.trim());

/** Part of a phone, in any spelling. Longer than one number is several. */
export const phone: FilterKind<string> = (typed) => {
  const plain = typed.normalize("NFKC");
  const digits = plain.replace(/\D/g, "");
  if (digits === "" || plain.includes("*")) return { error: "bad_format" };
  const parts = plain.split(/[,;、/|\n\t]/).filter((part) => /\d/.test(part));
  const besides = plain.split(/\s+/).some(normalizePhone) && !normalizePhone(digits);
  if (parts.length > 1 || besides || digits.length > 15) return { error: "one_number" };
  return within(typed.trim());
};

/** Part of a code; the mask of a code copied from a table is left out. */
export const code: FilterKind<string> = (typed) => {
  const parts = wordsOf(typed.replace(/[•*]/g, ""));
  if (parts.length > 1 && parts.some((part) => part.length >= 8)) return { error: "one_value" };
  return parts.length === 0 ? { error: "bad_format" } : within(parts.join(""));
};

/** The beginning of an id: at most 32 hex digits. A phone is none, though it looks like one: ids stand in the URL. */
export const idStart: FilterKind<string> = (typed) => {
  if (wordsOf(typed).length > 1) return { error: "one_value" };
  const id = typed.trim().toLowerCase();
  if (id.length > 32) return { error: "too_long" };
  return /^[0-9a-f]+$/.test(id) && !/^(?:86)?1[3-9]\d{9}$/.test(id) ? { value: id } : { error: "bad_format" };
};

/** A number of calls, from 0. */
export const calls: FilterKind<number> = (typed) => {
  const value = parseInteger(typed);
  return value === null || value < 0 ? { error: "not_a_number" } : { value };
};

/** A calendar day `YYYY-MM-DD`. */
export const day: FilterKind<string> = (typed) => (isDay(typed) ? { value: typed } : { error: "bad_format" });

export const yesNo: FilterKind<boolean> = (typed) =>
  typed === "yes" || typed === "no" ? { value: typed === "yes" } : { error: "bad_format" };

/** Values with commas between them. */
export const list: FilterKind<string[]> = (typed) => {
  const value = typed.split(",").filter(Boolean);
  return value.length > 50 || value.some((item) => item.length > MAX_TEXT) ? { error: "too_long" } : { value };
};

export const oneOf =
  <Option extends string>(options: readonly Option[]): FilterKind<Option> =>
  (typed) => {
    const value = options.find((option) => option === typed);
    return value === undefined ? { error: "bad_format" } : { value };
  };

/** The text a kind reads the same value from. */
export function textOf(value: string | number | boolean | string[]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

const wordsOf = (typed: string) => typed.split(/[\s,;，；、]+/).filter(Boolean);
const within = (value: string): Reading<string> => (value.length > MAX_TEXT ? { error: "too_long" } : { value });
