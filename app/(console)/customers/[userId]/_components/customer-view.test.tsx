import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { Customer } from "@/lib/customers/types";
import { defaultTemplates } from "@/lib/format/replies/reply-templates";
import { commonNamespaces } from "@/lib/web/i18n/common-namespaces";
import { messagesOf } from "@/lib/web/i18n/messages";
import type { Locale } from "@/lib/web/preferences/locale";
import { customerCard } from "@/test/support/customer-card";
import { CustomerView } from "./customer-view";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/customers/u" }));

const card: typeof customerCard = (id, changes) => customerCard(id, { balance: 640, ...changes });

const customer: Customer = {
  ...{ userId: "u", userName: "琳琅", maskedPhone: "159****8888" },
  cards: [card("aaaa"), card("bbbb", { type: "0", balance: 50 }), card("cccc", { gone: true })],
  others: [card("dddd", { userId: "v", balance: 777 })],
  totals: { cards: 2, gone: 1, calls: 690, unlimited: 0, unread: 0, trial: 1 },
  changes: [
    {
      ...{ cardId: "aaaa", maskedCode: "••••aaaa", day: "2026-11-24", at: "2026-11-24T04:00:00Z", delta: -380 },
      partial: true,
      parts: [
        { cause: "used", calls: 120 },
        { cause: "moved_out", calls: 260, operationId: "o", actorName: "李", reference: "881" },
      ],
    },
  ],
  notes: [
    {
      ...{ id: "n1", cardId: null, text: "换号了", authorName: "support", at: "2026-11-24T04:00:00Z" },
      ...{ deleted: null, mayDelete: true },
    },
    {
      ...{ id: "n2", cardId: "aaaa", text: null, authorName: "support", at: "2026-11-24T04:00:00Z" },
      ...{ deleted: { at: "2026-11-24T05:00:00Z", byName: "admin" }, mayDelete: false },
    },
  ],
};

function textOf(locale: Locale, shown: Customer = customer): string {
  const all = messagesOf(locale);
  const messages = Object.fromEntries(
    [...commonNamespaces, "customers" as const, "terms" as const].map((name) => [name, all[name]]),
  );
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="Asia/Shanghai"
      messages={messages as AbstractIntlMessages}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={new QueryClient()}>
        <CustomerView
          about={{ userId: "u" }}
          initial={shown}
          templates={defaultTemplates}
          self="support"
          canWrite={false}
          live
        />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return html.replace(/<[^>]*>/g, "");
}

test("a customer's page tells totals, causes of changes and marks of notes, and has the reply at once", () => {
  const text = textOf("zh-CN");
  for (const expected of [
    "您名下共有 2 张卡，合计剩余 690 次（核对于 2026-11-24 12:26）",
    "其中体验卡 1 张",
    "−380",
    "查看时间线",
    "使用 120",
    "转出 260（李） 工单 881",
    "当天更早的变动没有计入",
    "同一手机号、其他用户编号的卡（1）",
    "已由 admin 于 2026-11-24 13:00:00 删除",
  ])
    expect(text).toContain(expected);
});

test("in English it is English, and so is the first reply", () => {
  const text = textOf("en");
  for (const expected of ["you have 2 cards with 690 calls left", "120 used", "260 moved out by 李 for ticket 881"])
    expect(text).toContain(expected);
});

test("what has a card locked is told with the time it ends at the latest, and the reply promises it", () => {
  const lock = {
    ...{ operationId: "o", kind: "transfer" as const, state: "unknown" as const, actorName: "李" },
    ...{ sentAt: "2026-11-24T04:00:00Z", until: "2026-11-24T04:15:00Z" },
  };
  const locked = card("bbbb", { lockedBy: "o", lock });
  const text = textOf("zh-CN", { ...customer, cards: [card("aaaa"), locked] });
  expect(text).toContain("李 的转让占用中（结果未知）");
  expect(text).toContain("最迟 2026-11-24 12:15:00 有结果");
  expect(text).toContain(
    "尾号 bbbb 的卡（青龙）的额度转让（2026-11-24 12:00 提交）结果正在核实，我们最迟于 2026-11-24 12:15 答复您",
  );
});

test("with nothing listed there is no reply to copy, and the page says so", () => {
  const gone = { ...customer, cards: [card("cccc", { gone: true })], totals: { ...customer.totals, cards: 0 } };
  expect(textOf("zh-CN", gone)).toContain("没有可以答复的额度卡");
});
