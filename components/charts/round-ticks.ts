import { scaleLinear } from "d3-scale";

/** Three or four round values from 0 to the first that is not below `most`: 1.05 → 0, 0.5, 1, 1.5. */
export function roundTicks(most: number): number[] {
  const tried = [3, 2, 1].map((count) => scaleLinear([0, most], [0, 1]).nice(count).ticks(count));
  return tried.find(({ length }) => length === 3 || length === 4) ?? [0, most / 2, most];
}

/** How many decimal places tell neighbouring ticks apart, at most `places`. */
export function tickPlaces([, step = 1]: readonly number[], places: number): number {
  return Math.min(places, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}
