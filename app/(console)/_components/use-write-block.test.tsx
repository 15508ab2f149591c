import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { queryKeys } from "@/app/(console)/query-keys";
import type { UpstreamStatus } from "@/lib/monitoring/types";
import type { IncidentView } from "@/lib/settings";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { useWriteBlock } from "./use-write-block";

function Blocks() {
  const espai = useWriteBlock("espai");
  const potato = useWriteBlock("potato");
  return `${espai ?? "free"} | ${potato ?? "free"}`;
}

type Incident = Partial<IncidentView>;

function blocks(incident: Incident, states: Partial<Record<"espai" | "potato", UpstreamStatus["state"]>>) {
  const client = new QueryClient();
  client.setQueryData(queryKeys.incident, { paused: null, diskShort: false, unrecorded: 0, ...incident });
  const statuses = Object.entries(states).map(([upstream, state]) => ({ upstream, state }));
  client.setQueryData(queryKeys.upstreams, statuses);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
        <Blocks />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

test("while writes are paused nothing may begin, and the reason is the banner's", () => {
  const paused = { since: "2026-11-24T03:00:00.000Z", byName: "boss", reason: "上游维护" };
  const why = "写操作已由 boss 暂停，原因：上游维护";
  expect(blocks({ paused }, { espai: "ok", potato: "ok" })).toBe(`${why} | ${why}`);
});

test("while the disk is nearly full nothing may begin; outcomes in memory only stop nothing", () => {
  const why = "数据库所在磁盘即将用完，清理后自动开放";
  expect(blocks({ diskShort: true }, { espai: "down", potato: "ok" })).toBe(`${why} | ${why}`);
  expect(blocks({ unrecorded: 2 }, { espai: "ok", potato: "ok" })).toBe("free | free");
});

test("an upstream that is down blocks its own writes only", () => {
  expect(blocks({}, { espai: "down", potato: "ok" })).toBe("ESP-AI 暂时无法访问，恢复后自动开放 | free");
  expect(blocks({}, { espai: "ok", potato: "not_configured" })).toBe("free | 土豆云未配置");
});

test.each(["ok", "failing", "probing"] as const)("one that is %s blocks nothing", (state) => {
  expect(blocks({}, { espai: state, potato: state })).toBe("free | free");
});
