import { describe, expect, test } from "vitest";
import { ALERT_RULES } from "@/lib/settings/schemas";
import { messageText, testText } from "./message-text";
import type { AlertEvent } from "./types";

const event = (changes: Partial<AlertEvent> = {}): AlertEvent => ({
  rule: "amount",
  subject: "",
  kind: "fired",
  severe: false,
  params: { value: "1234.500000", at: "20" },
  ...changes,
});

test("severe first, then what else began, then what is well; the page of its rule", () => {
  const events = [event({ kind: "recovered" }), event(), event({ rule: "points", severe: true })];
  expect(messageText({ events, language: "zh-CN", appUrl: "https://console.example" })).toBe(
    [
      "Cardesk 告警：新增 2 条，恢复 1 条",
      "【严重】Talk-Bot 剩余点数 1,234.5，低于 20",
      "Talk-Bot 剩余金额 1,234.5，低于 20",
      "【恢复】Talk-Bot 剩余金额 1,234.5",
      "https://console.example/billing",
    ].join("\n"),
  );
});

test("a forecast comes with its range, open where it has no end", () => {
  const days = (params: Record<string, string>) =>
    messageText({ events: [event({ rule: "days_left", params })], language: "en", appUrl: undefined });
  const value = "6.500000";
  expect(days({ value, at: "7", from: "5.000000", to: "9.000000" })).toContain("in about 6.5 days (5 to 9 days)");
  expect(days({ value, at: "7", from: "5.000000" })).toContain("(5 days or more)");
  const last = { value: "1.000000", at: "7", from: "0.500000", to: "1.000000" };
  expect(days(last)).toContain("in about 1 day (0.5 to 1 day)");
});

describe.each(["zh-CN", "en"] as const)("in %s", (language) => {
  test.each(ALERT_RULES)("%s has words for both, with its numbers", (rule) => {
    const subject = { upstream_away: "potato", keys_left: "2" }[rule as string] ?? "";
    for (const kind of ["fired", "recovered"] as const) {
      const text = messageText({ events: [event({ rule, subject, kind })], language, appUrl: undefined });
      expect(text.split("\n")).toHaveLength(2);
      expect(text).not.toMatch(/undefined|null|NaN|potato\b/);
      if (kind === "fired") expect(text).toMatch(/1,234\.5/);
    }
  });

  test("however many there are it fits a robot, and says how many more there are", () => {
    const events = Array.from({ length: 300 }, () => event());
    const text = messageText({ events, language, appUrl: "https://console.example" });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_900);
    const lines = text.split("\n");
    const more = Number(/\d+/.exec(lines.at(-2) ?? "")?.[0]);
    expect(lines.length - 3 + more).toBe(300);
  });

  test("a test names the page of alerts", () => {
    expect(testText({ language, appUrl: "https://console.example" })).toContain(
      "https://console.example/settings/alerts",
    );
  });
});
