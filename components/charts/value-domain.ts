/**
 * The lowest and highest value a chart shows. From zero, or around the data with a tenth of its range as margin: then the
 * form of the curve fills the height. A flat line runs through the middle of `leastSpan`.
 */
export function valueDomain(
  values: readonly number[],
  { fromZero, leastSpan }: { fromZero: boolean; leastSpan: number },
): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (fromZero) return [Math.min(0, low), Math.max(high, Math.min(0, low) + leastSpan)];
  const margin = Math.max((high - low) * 0.1, (leastSpan - (high - low)) / 2);
  // What can't be negative does not get an axis below zero.
  return low >= 0 ? [Math.max(0, low - margin), high + margin] : [low - margin, high + margin];
}
