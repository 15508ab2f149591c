import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { ApprovalDetail } from "@/lib/approvals";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { AccountContent } from "./account-content";
import { ApprovalStatus } from "./approval-status";

vi.mock("@/app/(console)/users/actions", () => ({}));
vi.mock("@/app/(console)/operations/actions", () => ({}));
vi.mock("@/app/(console)/keys/actions", () => ({}));
vi.mock("@/app/(console)/_request-approval/actions", () => ({}));
vi.mock("../../actions", () => ({}));

const account = { id: "b", username: "ben", role: "admin" as const };
const asked: ApprovalDetail = {
  id: "a",
  state: "pending",
  kind: "password_reset",
  measure: null,
  asked: null,
  subjects: 1,
  left: 1,
  part: null,
  batch: null,
  account,
  reason: "手机丢失",
  reference: null,
  requestedByName: "ann",
  own: false,
  requestedAt: "2026-11-28T10:00:00.000Z",
  expiresAt: "2026-11-29T10:00:00.000Z",
  decidedByName: null,
  decidedAt: null,
  decisionReason: null,
  operations: [],
  dailyUse: null,
  hasSecondFactor: true,
  mayDecide: false,
  mayApprove: false,
  maySend: false,
};

const show = (child: ReactNode, locale: "zh-CN" | "en" = "zh-CN") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : zhCN} timeZone="Asia/Shanghai">
      {child}
    </NextIntlClientProvider>,
  );
const status = (change: Partial<ApprovalDetail>, locale?: "en") =>
  show(<ApprovalStatus approval={{ ...asked, ...change }} />, locale);

test("whoever may approve reads what is asked of whom; whoever is too new can only refuse, and reads why", () => {
  const able = status({ mayDecide: true, mayApprove: true });
  expect(able).toContain("ann 申请重置他人账号");
  expect(able).not.toContain('aria-disabled="true"');
  const fresh = status({ mayDecide: true });
  expect(fresh.match(/aria-disabled="true"/g)).toHaveLength(1);
  expect(status({ mayDecide: true, mayApprove: true }, "en")).toContain("ann asks to reset somebody else");
});

test("whoever asked carries it out, with the words of what it is, and never sends anything", () => {
  const approved = { state: "approved", own: true, maySend: true, decidedByName: "carl" } as const;
  expect(status(approved)).toContain("carl 已批准，现在可以执行");
  expect(status(approved)).toContain("为“ben”生成重置链接");
  expect(status({ ...approved, kind: "second_factor_reset" })).toContain("重置“ben”的两步验证");
  expect(status({ state: "used", left: 0 })).toContain("已执行");
  expect(status({ state: "expired" })).toContain("已过期，不能再执行");
  for (const state of ["pending", "approved", "used", "refused", "expired"] as const)
    expect(status({ state, decidedByName: "carl" })).not.toMatch(/提交|预览|余额|每日上限/);
});

test("before → after says what stops working, and whether a second factor stays", () => {
  const content = (change: Partial<ApprovalDetail>, locale?: "en") =>
    show(<AccountContent approval={{ ...asked, ...change }} account={account} />, locale);
  expect(content({})).toContain("凭现有密码和两步验证登录。");
  expect(content({})).toContain("ann 得到一个 30 分钟内有效的一次性链接，转交给 ben。");
  expect(content({})).toContain("两步验证不变。");
  expect(content({ hasSecondFactor: false })).toContain("凭现有密码登录。");
  expect(content({ hasSecondFactor: false })).not.toContain("两步验证");
  expect(content({ kind: "second_factor_reset" })).toContain("只凭密码即可登录。");
  expect(content({ kind: "second_factor_reset" }, "en")).toContain("the password alone is enough to sign in.");
});
