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
 * A whole number as typed or pasted: separators, spaces and full-width digits are allowed. Null for anything else, and
 * for numbers too large to be exact.
 */
export function parseInteger(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/[\s,_']/g, "");
  if (!/^[+-]?\d{1,16}$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? value : null;
}
