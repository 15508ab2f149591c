import { expect, test } from "vitest";
import { DAY_PRESETS, dayPreset } from "./day-presets";

const ranges = (now: string, zone: string) =>
  Object.fromEntries(DAY_PRESETS.map((preset) => [preset, Object.values(dayPreset(preset, new Date(now), zone))]));

test("presets are days of the display zone, not of the browser or UTC", () => {
  const now = "2026-02-28T16:30:00Z";
  expect(ranges(now, "Asia/Shanghai")).toEqual({
    today: ["2026-03-01", "2026-03-01"],
    yesterday: ["2026-02-28", "2026-02-28"],
    week: ["2026-02-23", "2026-03-01"],
    month: ["2026-03-01", "2026-03-01"],
  });
  expect(ranges(now, "America/New_York")).toMatchObject({
    today: ["2026-02-28", "2026-02-28"],
    month: ["2026-02-01", "2026-02-28"],
  });
});

test("a day on which clocks are changed is one day", () => {
  // 25 hours in New York on 2026-11-01.
  expect(ranges("2026-11-02T04:30:00Z", "America/New_York")).toMatchObject({
    today: ["2026-11-01", "2026-11-01"],
    yesterday: ["2026-10-31", "2026-10-31"],
  });
  expect(ranges("2026-11-02T05:30:00Z", "America/New_York")).toMatchObject({ yesterday: ["2026-11-01", "2026-11-01"] });
});
