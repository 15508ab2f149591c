import "server-only";
import type { RunOutView } from "../types";

/** A balance at a moment (ms), in whole micro-units; oldest first. */
export type BalanceAt = { at: number; left: bigint };

const DAY_MS = 86_400_000;
/** With less than this observed, a forecast would be a guess. */
export const FORECAST_NEEDS_DAYS = 3;
const LEAST = 0.2;
const MOST = 0.8;

type Point = { day: number; used: number };

/**
 * When a balance runs out, from how it fell: the median slope between any two days (Theil–Sen), its range by the slopes'
 * quintiles. A stretch over which the balance rose is left out whole, with its time: what was used beside a top-up is unknown.
 */
export function forecastRunOut(readings: readonly BalanceAt[]): RunOutView {
  const points = dayPoints(readings);
  const observed = points.at(-1)?.day ?? 0;
  const last = readings.at(-1);
  if (!last || observed < FORECAST_NEEDS_DAYS) return { state: "collecting", days: observed };
  const slopes = points
    .flatMap((late, index) => points.slice(0, index).map((early) => (late.used - early.used) / (late.day - early.day)))
    .toSorted((a, b) => a - b);
  const left = Number(last.left);
  const daysAt = (share: number) => daysLeft(left, quantile(slopes, share));
  return { state: "known", days: daysAt(0.5), from: daysAt(MOST), to: daysAt(LEAST) };
}

/** Use so far against observed days: one point at the first reading of each whole day, and the last. */
function dayPoints(readings: readonly BalanceAt[]): Point[] {
  const points: Point[] = [];
  let observedMs = 0;
  let used = 0;
  for (const [index, { at, left }] of readings.entries()) {
    const before = readings[index - 1];
    if (before && left <= before.left) {
      observedMs += at - before.at;
      used += Number(before.left - left);
    }
    // By the last point, not by how many there are: after a gap of days two would stand at one moment.
    const newestDay = points.at(-1)?.day ?? -1;
    if (Math.floor(observedMs / DAY_MS) > Math.floor(newestDay)) points.push({ day: observedMs / DAY_MS, used });
  }
  const newest = points.at(-1);
  const day = observedMs / DAY_MS;
  // A last stretch of minutes has no slope worth a vote.
  if (newest && day - newest.day >= 0.5) points.push({ day, used });
  return points;
}

const daysLeft = (left: number, perDay: number): number | null => {
  if (left <= 0) return 0;
  return perDay > 0 ? left / perDay : null;
};

/** Between the neighbours, as spreadsheets do. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}
