import { normalizePhone } from "./phones";

const PHONE = /(?<![0-9a-z])(?:(?:\+|00)?86[\s-]*)?1\d{2}[\s-]*\d{4}[\s-]*\d{4}(?![0-9a-z])/gi;
const CODE = /(?<![0-9a-z])[0-9a-z]{8}(?![0-9a-z])/gi;

export type PhoneAndCode = { phone: string; code: string };

/** The one phone and the one code (8 letters and digits, case kept) in a text; null if either is missing or not the only one. */
export function readPhoneAndCode(text: string): PhoneAndCode | null {
  const plain = text.normalize("NFKC");
  const phones = new Set([...plain.matchAll(PHONE)].map(([found]) => normalizePhone(found)));
  const codes = new Set([...plain.replace(PHONE, " ").matchAll(CODE)].map(([found]) => found));
  const [phone] = phones;
  const [code] = codes;
  return phones.size === 1 && codes.size === 1 && phone && code ? { phone, code } : null;
}
