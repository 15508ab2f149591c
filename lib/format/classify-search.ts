import { normalizePhone } from "./phones";

type SearchGuess = { kind: "phone" | "last4" | "code" | "id" | "name"; value: string };

/**
 * What a pasted or typed text may be, likeliest first; empty for blank text. Codes are 8 letters and digits and
 * case-sensitive; ids are 32 hex digits. Anything may be a nickname, so "name" is last in every list except for a full
 * phone or an id.
 */
export function classifySearch(text: string): SearchGuess[] {
  const trimmed = text.normalize("NFKC").trim();
  if (trimmed === "") return [];
  const phone = normalizePhone(trimmed);
  if (phone) return [{ kind: "phone", value: phone }];
  if (/^[0-9a-f]{32}$/i.test(trimmed)) return [{ kind: "id", value: trimmed.toLowerCase() }];
  const name: SearchGuess = { kind: "name", value: trimmed };
  if (/^\d{4}$/.test(trimmed)) return [{ kind: "last4", value: trimmed }, name];
  if (/^[0-9a-z]{8}$/i.test(trimmed)) {
    const code: SearchGuess = { kind: "code", value: trimmed };
    const looksLikeWord = /^[A-Z]?[a-z]+$/.test(trimmed);
    return looksLikeWord ? [name, code] : [code, name];
  }
  return [name];
}
