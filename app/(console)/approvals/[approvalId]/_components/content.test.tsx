import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ApprovalOperation } from "@/lib/approvals";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { useApprovalTitle } from "../../_components/use-approval-title";
import { OperationsContent } from "./content";

const plain: ApprovalOperation = {
  id: "o",
  kind: "transfer",
  state: "draft",
  amount: 90,
  source: null,
  target: null,
  previewedAt: "2026-11-28T10:00:00.000Z",
  reverses: null,
  merges: false,
  mergeOf: null,
};

const shown = (change: Partial<ApprovalOperation>, locale: "zh-CN" | "en" = "zh-CN") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : zhCN} timeZone="Asia/Shanghai">
      <OperationsContent operations={[{ ...plain, ...change }]} />
    </NextIntlClientProvider>,
  );

test("whoever decides reads that it gives a transfer back or is a half of a merge, and gets to the transfer before it", () => {
  const back = shown({ reverses: "first-id" });
  expect(back).toContain("退回此前的一笔转让");
  expect(back).toContain('href="/operations/first-id"');
  expect(shown({ merges: true })).toContain("合并：转出全部余额");
  const end = shown({ kind: "destroy", mergeOf: "merge-id" });
  expect(end).toContain("合并的后一步");
  expect(end).toContain('href="/operations/merge-id"');
  expect(shown({})).not.toMatch(/退回|合并/);
  expect(shown({ reverses: "first-id" }, "en")).toContain("Gives a transfer back");
});

function Title(about: Parameters<ReturnType<typeof useApprovalTitle>>[0]) {
  return useApprovalTitle()(about);
}

test.each([
  [{ kind: "transfer", part: null }, "转让 90 次"],
  [{ kind: "transfer", part: "reversal" }, "退回转让 90 次"],
  [{ kind: "transfer", part: "merge" }, "合并：转让 90 次"],
  [{ kind: "destroy", part: "merge" }, "合并：销毁 90 张卡"],
] as const)("its title says so too: %o", (about, title) => {
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <Title {...about} asked={90} batch={null} account={null} />
    </NextIntlClientProvider>,
  );
  expect(markup).toBe(title);
});
