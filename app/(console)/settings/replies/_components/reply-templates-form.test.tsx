import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { defaultTemplates } from "@/lib/format/replies/reply-templates";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { ReplyTemplatesForm } from "./reply-templates-form";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/settings/replies" }));

function textOf(balance: string): string {
  const initial = { ...defaultTemplates, "zh-CN": { ...defaultTemplates["zh-CN"], balance } };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="zh-CN"
      timeZone="Asia/Shanghai"
      messages={zhCN as AbstractIntlMessages}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={new QueryClient()}>
        <ReplyTemplatesForm initial={initial} />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return html.replace(/<[^>]*>/g, "");
}

test("each template stands beside an example in its own language, with the placeholders it may have", () => {
  const text = textOf(defaultTemplates["zh-CN"].balance);
  expect(text).toContain("尾号 1GDw 的卡（九尾狐）当前剩余 1,267 次（核对于 2026-11-24 12:26）");
  expect(text).toContain("your card ending in 1GDw (Jiuweihu) has 1,267 calls left (checked at 2026-11-24 12:26)");
  expect(text).toContain("{name} {phone} {code} {type} {balance} {readAt}");
  expect(text).not.toContain("恢复默认文字");
});

test("what is wrong is said while it is typed, in words that name the placeholder that is missing", () => {
  expect(textOf("{balance} {readAt} {other}")).toContain("有不能使用的占位符");
  expect(textOf("剩余 {balance}")).toContain("写出余额时须包含读取时间 {readAt}");
  expect(textOf("剩余 {balance}")).toContain("恢复默认文字");
});
