import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { type InTrouble, UpstreamTrouble } from "./upstream-trouble";

function notice(state: InTrouble["state"], key: string): string {
  const status: InTrouble = {
    upstream: "espai",
    state,
    error: { key: `upstream.${key}`, details: null },
    lastSuccessAt: null,
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <UpstreamTrouble status={status} />
    </NextIntlClientProvider>,
  );
}

test("that it can't be reached is said once, and what is disabled beside it", () => {
  const said = notice("down", "connection_failed");
  expect(said.match(/连不上|无法访问/g)).toHaveLength(1);
  expect(said).toContain("转让和销毁已停用");
  expect(said).toContain("请管理员检查网络");
});

test("while our breaker is open it says how calls come back; when it has closed, not that they are paused", () => {
  expect(notice("down", "circuit_open")).toContain("已暂停调用");
  expect(notice("failing", "circuit_open")).not.toContain("已暂停调用");
  expect(notice("failing", "circuit_open")).toContain("现在已恢复调用");
  expect(notice("failing", "timeout")).toContain(zhCN.upstream.timeout.split("}").at(-1) ?? "?");
});
