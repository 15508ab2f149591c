import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { LimitedField } from "./limited-field";

const html = (value: string) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <LimitedField label="备注" max={64} value={value} onChange={() => {}} />
    </NextIntlClientProvider>,
  );

test("a text that is too long stays whole and says so", () => {
  const long = "长".repeat(65);
  expect(html(long)).toContain(`value="${long}"`);
  expect(html(long)).toContain("最多 64 个字符，现在有 65 个");
  expect(html(long)).not.toMatch(/maxlength/i);
});

test("one at the limit is fine", () => {
  expect(html("长".repeat(64))).not.toContain('aria-invalid="true"');
});
