/**
 * A mainland mobile number as 11 digits, from any usual spelling: +86, 0086, spaces, dashes, full-width digits. Null
 * for anything else.
 */
export function normalizePhone(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/[\s\-‐-―()（）.·]/g, "");
  return /^(?:\+?86|0086)?(1\d{10})$/.exec(plain)?.[1] ?? null;
}

/** 13812341234, also with 86 before it → 138****1234. Of an unusual number at most the last two digits are shown. */
export function maskPhone(phone: string): string {
  if (/^861\d{10}$/.test(phone)) return maskPhone(phone.slice(2));
  if (/^\d{11}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  return `${"*".repeat(Math.max(4, phone.length - 2))}${phone.length > 4 ? phone.slice(-2) : ""}`;
}
