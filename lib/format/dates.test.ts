import { describe, expect, test } from "vitest";
import { formatDate, formatDateTime, formatRelative, parseBeijingTime } from "./dates";

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

describe("relative", () => {
  const ago = (seconds: number) => new Date(at.getTime() - seconds * 1000);
  test.each([
    [0, "刚刚"],
    [9, "刚刚"],
    [10, "10 秒前"],
    [59, "59 秒前"],
    [60, "1 分钟前"],
    [3599, "59 分钟前"],
    [7200, "2 小时前"],
    [86_400, "昨天"],
    [400 * 86_400, "去年"],
    [90 * 86_400, "3 个月前"],
    [-5, "5 秒后"],
    [-120, "2 分钟后"],
  ])("%s seconds ago is %s", (seconds, words) => {
    expect(formatRelative(ago(seconds), at, "zh-CN")).toBe(words);
  });
  test("speaks English", () => {
    expect(formatRelative(ago(0), at, "en")).toBe("just now");
    expect(formatRelative(ago(20), at, "en")).toBe("20 seconds ago");
    expect(formatRelative(ago(300), at, "en")).toBe("5 minutes ago");
  });
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
