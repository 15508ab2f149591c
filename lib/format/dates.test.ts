import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDate, formatDateTime, formatZone, isDay, parseBeijingTime } from "./dates";

const at = new Date("2026-09-21T16:03:09.500Z");

describe("absolute", () => {
  test("is in Shanghai unless told", () => {
    expect(formatDateTime(at)).toBe("2026-09-22 00:03:09");
    expect(formatDate(at)).toBe("2026-09-22");
  });
  test("follows the zone", () => {
    expect(formatDateTime(at, "America/New_York")).toBe("2026-09-21 12:03:09");
  });
});

test("Beijing time is what the platform's own formatter writes, whenever it is", () => {
  const platform = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "medium",
  });
  const edges = [
    Date.UTC(1986, 6),
    Date.UTC(1991, 8, 1),
    Date.UTC(1992, 0) - 1,
    Date.UTC(1992, 0),
    Date.UTC(9999, 0) - 1,
  ];
  for (const ms of edges) expect(formatDateTime(new Date(ms))).toBe(platform.format(ms));
  fc.assert(
    fc.property(fc.date({ min: new Date("1970-01-01"), max: new Date("9998-12-31"), noInvalidDate: true }), (date) => {
      expect(formatDateTime(date)).toBe(platform.format(date));
    }),
  );
});

test("what is no date is refused", () => {
  expect(() => formatDateTime(new Date(Number.NaN))).toThrow(RangeError);
});

test.each([
  ["Asia/Shanghai", "Asia/Shanghai, UTC+8"],
  ["America/New_York", "America/New_York, UTC-4"],
  ["Asia/Kolkata", "Asia/Kolkata, UTC+5:30"],
  ["UTC", "UTC"],
])("the zone %s is named %s", (zone, name) => {
  expect(formatZone(at, zone)).toBe(name);
});

describe("Beijing time", () => {
  test("is eight hours ahead of UTC", () => {
    expect(parseBeijingTime("2023-02-22 09:22:41")?.toISOString()).toBe("2023-02-22T01:22:41.000Z");
  });
  test.each(["", "2023-02-30 00:00:00", "2023-13-01 00:00:00", "2023-02-22", "yesterday", "2023-02-22 25:00:00"])(
    "%j is no time",
    (text) => {
      expect(parseBeijingTime(text)).toBeNull();
    },
  );
});

test.each([
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["0000-01-01", false],
  ["2026-2-1", false],
  ["", false],
])("%j is a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
