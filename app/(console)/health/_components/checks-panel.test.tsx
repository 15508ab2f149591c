import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Check } from "@/lib/doctor/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { ChecksPanel } from "./checks-panel";

const shown = (...checks: Check[]) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <ChecksPanel checks={checks} />
    </NextIntlClientProvider>,
  );

test("each check says in words what was found and what to do, with times of the zone and names of upstreams", () => {
  const at = "2026-11-28T06:00:00.000Z";
  const panel = shown(
    { id: "backup", state: "warn", says: "backup_old", params: { at } },
    { id: "keys", state: "ok", says: "keys_ok", params: { at }, upstream: "potato" },
  );
  expect(panel).toContain("上次备份是 2026-11-28 14:00:00。请每天运行 npm run backup -- FILE。");
  expect(panel).toContain("土豆云 于 2026-11-28 14:00:00 接受了密钥。");
  expect(panel).toContain("注意");
});

test("after a restore it says how many cards differ from the backup", () => {
  const params = { at: "2026-11-28T06:00:00.000Z", count: 12 };
  expect(shown({ id: "restore", state: "warn", says: "restore_differs", params })).toContain("12 张");
});
