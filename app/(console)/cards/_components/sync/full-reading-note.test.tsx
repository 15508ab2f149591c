import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { FullReading } from "@/lib/cards/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { FullReadingNote } from "./full-reading-note";

const last = { startedAt: "2026-11-28T02:00:00.000Z", finishedAt: "2026-11-28T02:09:00.000Z" };

const shown = (reading: Partial<FullReading>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider
      locale="zh-CN"
      messages={zhCN}
      timeZone="Asia/Shanghai"
      now={new Date("2026-11-28T02:10:00Z")}
    >
      <FullReadingNote reading={{ callsPerMinute: 120, minutes: 9, last, ...reading }} />
    </NextIntlClientProvider>,
  );

test("a list too long for a minute's budget says how long a reading takes, and when the last whole one began", () => {
  const note = shown({});
  expect(note).toContain("按每分钟最多 120 次调用，读完一遍约需 9 分钟；上次完整读取开始于");
  expect(note).toContain(last.startedAt);
});

test("without a whole reading only the time it takes is said", () => {
  expect(shown({ last: null })).not.toContain("上次");
});

test("a reading that the budget holds up by nothing has no note", () => {
  expect(shown({ minutes: 1 })).toBe("");
  expect(shown({ minutes: null })).toBe("");
});
