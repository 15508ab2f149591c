import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BalanceAt, forecastRunOut } from "./forecast-run-out";

const HOUR_MS = 3_600_000;
const UNIT = 1_000_000;

/** Hourly readings: what is left falls by `use(hour)` and rises by `topUp(hour)`. In whole units. */
function series(
  hours: number,
  start: number,
  use: (hour: number) => number,
  topUp: (hour: number) => number = () => 0,
) {
  const readings: BalanceAt[] = [];
  let left = start;
  for (let hour = 0; hour <= hours; hour++) {
    if (hour > 0) left += topUp(hour) - use(hour);
    readings.push({ at: hour * HOUR_MS, left: BigInt(Math.round(left * UNIT)) });
  }
  return readings;
}

const known = (readings: readonly BalanceAt[]) => {
  const found = forecastRunOut(readings);
  if (found.state !== "known") throw new Error("still collecting");
  return found;
};

describe("a forecast", () => {
  test("collects until three days are observed, and says how many are", () => {
    expect(forecastRunOut([])).toEqual({ state: "collecting", days: 0 });
    expect(forecastRunOut(series(36, 100, () => 1))).toEqual({ state: "collecting", days: 1.5 });
    expect(forecastRunOut(series(71, 1_000, () => 1)).state).toBe("collecting");
    expect(forecastRunOut(series(72, 1_000, () => 1)).state).toBe("known");
  });

  test("of steady use is exact, without a range to speak of", () => {
    // 24 a day; 1000 - 240 = 760 are left after ten days.
    const { days, from, to } = known(series(240, 1_000, () => 1));
    expect([days, from, to].map((value) => Number(value).toFixed(4))).toEqual(Array(3).fill((760 / 24).toFixed(4)));
  });

  test("ignores top-ups: only what is left then counts", () => {
    const topped = series(
      240,
      1_000,
      () => 1,
      (hour) => (hour % 50 === 0 ? 500 : 0),
    );
    const left = Number(topped.at(-1)?.left) / UNIT;
    expect(known(topped).days).toBeCloseTo(left / 24, 4);
  });

  test("days without readings and then a top-up leave it as it was: no two points at one moment", () => {
    const DAY = 24 * HOUR_MS;
    const before = [
      { at: 0, left: 100n },
      { at: 5 * DAY, left: 50n },
    ];
    const topped = [...before, { at: 5 * DAY + HOUR_MS, left: 500n }, { at: 5 * DAY + 2 * HOUR_MS, left: 500n }];
    expect(known(before).days).toBeCloseTo(5, 4);
    expect(known(topped)).toMatchObject({ days: 50, from: 50, to: 50 });
  });

  test("a gap without readings counts with what fell over it; one with a rise does not count at all", () => {
    const whole = series(240, 1_000, () => 1);
    const gap = whole.filter(({ at }) => at <= 60 * HOUR_MS || at >= 120 * HOUR_MS);
    expect(known(gap).days).toBeCloseTo(760 / 24, 4);
    const toppedInGap = series(
      240,
      1_000,
      () => 1,
      (hour) => (hour === 90 ? 800 : 0),
    ).filter(({ at }) => at <= 60 * HOUR_MS || at >= 120 * HOUR_MS);
    expect(known(toppedInGap).days).toBeCloseTo(1_560 / 24, 4);
    expect(forecastRunOut(toppedInGap.filter(({ at }) => at > 59 * HOUR_MS && at < 150 * HOUR_MS)).state).toBe(
      "collecting",
    );
  });

  test("of a balance that does not fall has no end", () => {
    expect(known(series(100, 50, () => 0))).toEqual({ state: "known", days: null, from: null, to: null });
  });

  test("of an empty balance is 0 days", () => {
    expect(known(series(100, 100, () => 1))).toMatchObject({ days: 0, from: 0, to: 0 });
  });

  test("one wild day moves neither the middle nor the range far", () => {
    const wild = known(series(14 * 24, 10_000, (hour) => (Math.floor(hour / 24) === 6 ? 20 : 1)));
    const left = 10_000 - 13 * 24 - 480;
    const calm = left / 24;
    expect(Number(wild.days)).toBeGreaterThan(calm / 3);
    expect(Number(wild.days)).toBeLessThanOrEqual(calm * 1.01);
  });

  test("of noisy use lies between the slowest and the fastest day, the middle within the range", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 4, maxLength: 14 }), (uses) => {
        const readings = series(uses.length * 24, 100_000, (hour) => (uses[Math.ceil(hour / 24) - 1] ?? 0) / 24);
        const { days, from, to } = known(readings);
        const left = Number(readings.at(-1)?.left) / UNIT;
        const [slow, fast] = [left / Math.min(...uses), left / Math.max(...uses)];
        expect(from).toBeLessThanOrEqual(Number(days));
        expect(days).toBeLessThanOrEqual(Number(to));
        expect(Number(from)).toBeGreaterThanOrEqual(fast * 0.999);
        expect(Number(to)).toBeLessThanOrEqual(slow * 1.001);
      }),
    );
  });
});
