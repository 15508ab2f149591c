import { isDay } from "./dates";

const WHOLE = /^(\d{4})(\d{2})(\d{2})$/;
const PARTED = /^(\d{4})\s*[-–—/.年]\s*(\d{1,2})\s*[-–—/.月]\s*(\d{1,2})\s*日?$/;

/** A calendar day as people write it (2026-11-28, 2026/1/8, 20261128, 2026年11月28日) as `YYYY-MM-DD`; null for anything else. */
export function readDay(text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  const [, year, month = "", day = ""] = WHOLE.exec(plain) ?? PARTED.exec(plain) ?? [];
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(written) ? written : null;
}
