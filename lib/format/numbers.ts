/** Whole number with thousands separators: 12,345. The same in every language of the console. */
export function formatInteger(value: number | bigint): string {
  if (value < 1_000 && value > -1_000) return value.toString();
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Share of a whole as a percentage with at most one decimal: 0.0349 → "3.5%". */
export function formatPercent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/**
 * A whole number as typed or pasted: thousands separators, spaces and full-width digits are allowed. Null for anything else
 * ("1,5" is no 15), and for numbers too large to be exact.
 */
export function parseInteger(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  if (!/^[+-]?(?:\d{1,16}|[1-9]\d{0,2}(?:[\s,_']\d{3}){1,5})$/.test(plain)) return null;
  const value = Number(plain.replace(/[\s,_']/g, ""));
  return Number.isSafeInteger(value) ? value : null;
}
