import { expect, test } from "vitest";
import { clockOffsetMs } from "./clock-offset-ms";

const at = Date.UTC(2026, 10, 24, 12, 0, 0);
const header = (offsetMs: number) => new Date(at + offsetMs).toUTCString();

test.each([0, 600_000, -90_000])("%i ms ahead", (offsetMs) => {
  expect(clockOffsetMs(header(offsetMs), at)).toBeCloseTo(offsetMs, -4);
});

test("clocks that agree differ by a second at most, and no date says nothing", () => {
  for (let ms = 0; ms < 1_000; ms += 100)
    expect(Math.abs(clockOffsetMs(header(0), at + ms) ?? 9_999)).toBeLessThan(1_001);
  for (const bad of [undefined, "", "soon", "12"]) expect(clockOffsetMs(bad, at)).toBeNull();
});
