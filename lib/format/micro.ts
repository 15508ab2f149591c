/** Money and points with six decimal places are whole micro-units: 1 = 1_000_000n. Never a float. */
const PLACES = 6;
const UNIT = 10n ** BigInt(PLACES);

/**
 * "200.531799" → 200531799n. Null for anything that is not a plain decimal, or has more than six significant places.
 */
export function parseMicro(text: string): bigint | null {
  const parts = /^([+-]?)(\d{1,30})(?:\.(\d{0,30}))?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign, whole = "", fraction = ""] = parts;
  if (/[1-9]/.test(fraction.slice(PLACES))) return null;
  const micro = BigInt(whole) * UNIT + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, "0"));
  return sign === "-" ? -micro : micro;
}

/** 200531799n → "200.531799": a plain decimal with all six places, as views have it. {@link parseMicro} reads it. */
export const toDecimal = (micro: bigint): string => formatMicro(micro).replaceAll(",", "");

/** A decimal of a view with separators: "200531.5" → "200,531.500000". "—" for anything else. */
export function formatDecimal(decimal: string, fraction = PLACES): string {
  const micro = parseMicro(decimal);
  return micro === null ? "—" : formatMicro(micro, { fraction });
}

/**
 * 2005317990000n → "2,005,317.990000". `fraction` is how many places to show (0–6, default six); the rest is cut off,
 * never rounded up, so that no balance is shown as more than it is.
 */
export function formatMicro(micro: bigint, { fraction = PLACES }: { fraction?: number } = {}): string {
  const size = micro < 0n ? -micro : micro;
  const whole = (size / UNIT).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const places = (size % UNIT)
    .toString()
    .padStart(PLACES, "0")
    .slice(0, Math.min(PLACES, Math.max(0, fraction)));
  const shown = places ? `${whole}.${places}` : whole;
  return micro < 0n && /[1-9]/.test(shown) ? `-${shown}` : shown;
}
