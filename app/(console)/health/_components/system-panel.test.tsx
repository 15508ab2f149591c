import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { HealthView } from "@/lib/monitoring/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { SystemPanel } from "./system-panel";

const healthy: HealthView = {
  at: "2026-11-28T06:00:00.000Z",
  checks: [],
  upstreams: [],
  drift: [],
  jobs: [],
  sync: null,
  database: { bytes: 2 ** 30, connections: 4, role: "cardesk_app", split: true },
  appKeys: [],
  instances: [],
  process: { memoryBytes: 2 ** 28, uptimeSeconds: 60 },
  disk: { freeBytes: 5 * 2 ** 30, short: false },
  unrecorded: 0,
  unsealed: 0,
};

const shown = (change: Partial<HealthView>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <SystemPanel health={{ ...healthy, ...change }} />
    </NextIntlClientProvider>,
  );

test("the room on the disk is shown, and no warning while there is enough", () => {
  expect(shown({})).toContain("5,120 MiB");
  expect(shown({})).not.toContain("不发起新的写操作");
});

test("a disk that is nearly full says what stops", () => {
  const panel = shown({ disk: { freeBytes: 300 * 2 ** 20, short: true } });
  expect(panel).toContain("300 MiB");
  expect(panel).toContain("即将用完：腾出空间之前不发起新的写操作。");
});

test("a disk that can't be seen is not shown as empty or fine", () => {
  expect(shown({ disk: null })).toContain("无法查看：数据库在别处运行");
});

test("outcomes that only this process knows say not to stop it", () => {
  expect(shown({})).not.toContain("请勿停止");
  expect(shown({ unrecorded: 2 })).toContain("在此之前请勿停止本进程。");
});

test("rows whose phones and codes are still in the clear are counted, and none is no warning", () => {
  expect(shown({})).not.toContain("加密功能启用前的记录");
  const panel = shown({ unsealed: 1_200 });
  expect(panel).toContain("1,200");
  expect(panel).toContain("加密功能启用前的记录。后台和每次启动时会自动加密。");
});
