import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { Found } from "@/lib/find/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { findGroups } from "./find-options";
import { FindResults } from "./find-results";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/cards" }));

const found: Found = {
  cards: { rows: [], total: 0, more: false, jumpTo: null, within: null, wholeOnly: false, all: null },
  customers: [],
  keys: { rows: [], total: 0 },
  batches: { rows: [], total: 0, byNote: false },
  operations: {
    rows: [
      {
        ...{ id: "7ebf54d8-77b7-4574-a0ab-299d7fcb8d3f", kind: "transfer", state: "unknown" },
        ...{ actorName: "xiao", createdAt: "2026-11-24T03:52:00.000Z", reference: null },
      },
    ],
    total: 1,
    byReference: false,
  },
  live: null,
  many: 0,
  jumpTo: null,
};

test("an operation is named with the words that every page has", () => {
  const { ui, shell, errors, upstream, types, cards } = zhCN;
  const find = { text: "7ebf54d8", found, searching: false, error: null, tooLong: null };
  const list = { groups: findGroups(found, find.text), marked: 0 };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="zh-CN"
      timeZone="Asia/Shanghai"
      messages={{ ui, shell, errors, upstream, types, cards } as AbstractIntlMessages}
      onError={(error) => {
        throw error;
      }}
    >
      <FindResults
        id="find"
        find={find as Parameters<typeof FindResults>[0]["find"]}
        list={list as Parameters<typeof FindResults>[0]["list"]}
      />
    </NextIntlClientProvider>,
  );
  expect(html).toContain(">转让<");
  expect(html).toContain("结果未知");
});
