import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { FollowUpView } from "@/lib/follow-ups/types";
import { messagesOf } from "@/lib/web/i18n/messages";
import type { Locale } from "@/lib/web/preferences/locale";
import { FollowUpItem } from "./follow-up-item";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/follow-ups" }));

const open: FollowUpView = {
  ...{ id: "f", text: "回电", assignedTo: { id: "s", name: "support" }, openedByName: "li" },
  card: { id: "c", maskedCode: "••••1GDw", userName: "琳琅", maskedPhone: "159****8888" },
  operation: { id: "o", kind: "transfer", state: "unknown" },
  ...{ openedAt: "2026-11-24T04:00:00Z", dueAt: null, state: "open", due: false },
  ...{ finishedAt: null, finishedByName: null },
};

function textOf(changes: Partial<FollowUpView>, locale: Locale = "zh-CN"): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Asia/Shanghai"
      messages={messagesOf(locale) as AbstractIntlMessages}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={new QueryClient()}>
        <FollowUpItem followUp={{ ...open, ...changes }} colleagues={[]} withCard />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return html.replace(/<[^>]*>/g, "");
}

test("an open one says what it waits for, whose it is and who opened it, and can be done or handed over", () => {
  const text = textOf({});
  for (const expected of ["待跟进", "转让有结果时（结果未知）", "由 support 负责", "li 新建于", "移交", "完成"])
    expect(text).toContain(expected);
  expect(textOf({}, "en")).toContain("On outcome: Transfer (");
});

test("a due one says so; a done one says by whom, and nothing is left to do with it", () => {
  expect(textOf({ due: true })).toContain("已到期");
  expect(textOf({ operation: null, dueAt: "2026-11-24T06:00:00Z" })).toContain("2026-11-24 14:00:00 到期");
  const done = textOf({ state: "done", finishedAt: "2026-11-24T05:00:00Z", finishedByName: "wang" });
  expect(done).toContain("wang 完成于 2026-11-24 13:00:00");
  expect(done).not.toContain("移交");
});

test("one that can't be opened says why", () => {
  expect(textOf({ text: null })).toContain("无法解密");
});
