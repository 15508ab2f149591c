import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { useRelativeTime } from "./use-relative-time";

const now = new Date("2026-09-21T16:03:09.500Z");
const messages = { en, "zh-CN": zhCN };

function Ago({ seconds }: { seconds: number }) {
  return useRelativeTime()(new Date(now.getTime() - seconds * 1000), now);
}

const write = (seconds: number, locale: keyof typeof messages): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      <Ago seconds={seconds} />
    </NextIntlClientProvider>,
  );

test.each([
  [0, "刚刚"],
  [9, "刚刚"],
  [10, "10 秒前"],
  [59, "59 秒前"],
  [60, "1 分钟前"],
  [3540, "59 分钟前"],
  [7200, "2 小时前"],
  [86_400, "1 天前"],
  [90 * 86_400, "3 个月前"],
  [400 * 86_400, "1 年前"],
  [-5, "5 秒后"],
  [-120, "2 分钟后"],
])("%s seconds ago is %s", (seconds, text) => {
  expect(write(seconds, "zh-CN")).toBe(text);
});

test.each([
  [0, "just now"],
  [20, "20 seconds ago"],
  [300, "5 minutes ago"],
  [-7200, "in 2 hours"],
])("%s seconds ago is %s in English", (seconds, text) => {
  expect(write(seconds, "en")).toBe(text);
});
