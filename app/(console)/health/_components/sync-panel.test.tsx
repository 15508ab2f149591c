import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { FullReading } from "@/lib/cards/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { SyncPanel } from "./sync-panel";

const run = {
  state: "done",
  rowsRead: 1_000_000,
  rowsExpected: null,
  unreadable: 0,
  duplicates: 0,
  error: null,
} as const;
const at = { startedAt: "2026-11-28T02:00:00.000Z", finishedAt: "2026-11-28T02:09:00.000Z" };

const shown = (reading: FullReading) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <SyncPanel sync={{ ...run, ...at, fullReading: reading }} />
    </NextIntlClientProvider>,
  );

test("what the budget costs in freshness is said, and from when to when the last whole reading was", () => {
  const panel = shown({ callsPerMinute: 120, minutes: 9, last: at });
  expect(panel).toContain("按每分钟最多 120 次调用，读完一遍约需 9 分钟。");
  expect(panel).toContain(at.startedAt);
  expect(panel).toContain(at.finishedAt);
});

test("a list that was never read whole says so", () => {
  expect(shown({ callsPerMinute: 120, minutes: null, last: null })).toContain("最近 30 天没有完整读取过。");
});
