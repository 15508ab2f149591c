import { expect, test } from "vitest";
import { formatDuration } from "./durations";

test.each([
  [-5, "0 ms"],
  [850, "850 ms"],
  [12_000, "12 秒"],
  [185_000, "3 分钟 5 秒"],
  [3_600_000, "1 小时"],
  [7_805_000, "2 小时 10 分钟"],
  [90_000_000, "1 天 1 小时"],
])("%s ms is %s", (ms, words) => {
  expect(formatDuration(ms, "zh-CN")).toBe(words);
});

test("English is as short", () => {
  expect(formatDuration(185_000, "en")).toBe("3m 5s");
});
