/**
 * A mainland mobile number as 11 digits, from any usual spelling: +86, 0086, spaces, dashes, full-width digits. Null
 * for anything else.
 */
export function normalizePhone(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/[\s\-‐-―()（）.·]/g, "");
  return /^(?:\+?86|0086)?(1\d{10})$/.exec(plain)?.[1] ?? null;
}

/** 13812341234 → 138****1234. Of a shorter or unusual number at most the last two digits are shown. */
export function maskPhone(phone: string): string {
  if (/^\d{11}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  return `${"*".repeat(Math.max(4, phone.length - 2))}${phone.length > 4 ? phone.slice(-2) : ""}`;
}
