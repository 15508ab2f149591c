/**
 * A mainland mobile number as 11 digits, from how people write it: +86, 0086, spaces, dashes, full-width digits.
 * Null if it is no such number.
 */
export function normalizePhone(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/[\s\-‐-―()（）.·]/g, "");
  return /^(?:\+?86|0086)?(1\d{10})$/.exec(plain)?.[1] ?? null;
}

/** 13812341234 → 138****1234. Shorter or odd numbers keep their last two digits at most. */
export function maskPhone(phone: string): string {
  if (/^\d{11}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  return `${"*".repeat(Math.max(4, phone.length - 2))}${phone.length > 4 ? phone.slice(-2) : ""}`;
}
