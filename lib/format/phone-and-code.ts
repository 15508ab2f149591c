import { extractIdentifiers } from "./extract-identifiers";

export type PhoneAndCode = { phone: string; code: string };

/** The one phone and the one code (8 letters and digits, case kept) in a text; null if either is missing or not the only one. */
export function readPhoneAndCode(text: string): PhoneAndCode | null {
  const { phones, codes } = extractIdentifiers(text);
  const [phone] = phones;
  const [code] = codes;
  return phones.length === 1 && codes.length === 1 && phone && code ? { phone, code } : null;
}
