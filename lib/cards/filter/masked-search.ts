import { normalizePhone } from "@/lib/format/phones";
import type { CardFilter } from "./card-filters";
import type { FilterErrors } from "./filter-texts";

/** As many of a phone's digits or a code's characters does a mask show at the end. */
const SHOWN = 4;
/** Codes are 8 letters and digits; one of that length or more is meant as a whole one. */
const WHOLE_CODE = 8;

/** What may be asked for where values are masked: a whole one, or the end that its mask shows. */
export type MaskedTerm = { whole: string } | { end: string };

/** A whole phone as 11 digits, or its last 4; null for any other part. */
export function readMaskedPhone(text: string): MaskedTerm | null {
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  const whole = normalizePhone(text) ?? normalizePhone(digits);
  if (whole) return { whole };
  return digits.length === SHOWN ? { end: digits } : null;
}

/** A whole code, or its last 4 characters; null for any other part. */
export function readMaskedCode(text: string): MaskedTerm | null {
  const code = text.trim();
  if (code.length === SHOWN) return { end: code };
  return code.length >= WHOLE_CODE ? { whole: code } : null;
}

/** The filters that would tell step by step what a mask hides, each with what to type instead. */
export function maskedErrors({ phone, code }: CardFilter): FilterErrors {
  return {
    ...(phone !== undefined && !readMaskedPhone(phone) && { phone: "phone_whole_or_last4" as const }),
    ...(code !== undefined && !readMaskedCode(code) && { code: "code_whole_or_last4" as const }),
  };
}

const MASKED_SORTS: readonly string[] = ["phone", "code"];

/** Whether the order would tell what a mask hides: of two phones which is the higher. */
export const isMaskedSort = (id: string): boolean => MASKED_SORTS.includes(id);
