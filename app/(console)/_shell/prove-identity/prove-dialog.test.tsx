import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { ProveDialog, type ProveDialogProps } from "./prove-dialog";

vi.mock("@/app/(console)/account/actions", () => ({ proveIdentityAction: async () => null }));
vi.mock("@/app/(console)/account/single-sign-on/actions", () => ({ beginProvingAction: async () => null }));
vi.mock("@/components/actions/use-action", () => ({
  useAction: () => ({ run: async () => null, pending: false, error: null }),
}));

/** Without the browser's own dialog: what is in it. */
vi.mock("@/components/ui/dialog", () => ({ Dialog: ({ children }: { children: ReactNode }) => children }));

const shown = (wanted: ProveDialogProps["wanted"]) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <ProveDialog username="lin" wanted={wanted} onEnd={() => {}} />
    </NextIntlClientProvider>,
  );

test("who has no second factor is asked for the password", () => {
  for (const wanted of [{ by: "password" }, undefined]) {
    expect(shown(wanted)).toContain("lin 的密码");
    expect(shown(wanted)).not.toContain("验证码");
  }
});

test.each([
  ["code", true, false],
  ["passkey", false, true],
  ["code_passkey", true, true],
])("who has one is asked for it, never for the password: %s", (ways, code, passkey) => {
  const dialog = shown({ by: "second_factor", ways });
  expect(dialog.includes("one-time-code")).toBe(code);
  expect(dialog.includes("使用通行密钥")).toBe(passkey);
  expect(dialog).toContain("使用恢复代码");
  expect(dialog).not.toContain("current-password");
});

test("who has neither is asked to confirm at the provider, by its name", () => {
  const dialog = shown({ by: "provider", name: "Example" });
  expect(dialog).toContain("用 Example 验证");
  expect(dialog).not.toContain("current-password");
  expect(dialog).not.toContain("one-time-code");
});
