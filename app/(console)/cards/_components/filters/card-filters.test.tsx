import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type CardFilter, type CardFilterName, type FilterErrors, URL_FILTERS, writeFilters } from "@/lib/cards/types";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { filterExample } from "@/test/support/filter-example";
import { knownTagsQuery } from "../../query-options";
import { CardFilters } from "./card-filters";
import { countMore } from "./filter-draft";
import { MoreFilters } from "./more-filters";

const NAMES = Object.keys(writeFilters({})) as CardFilterName[];

const client = new QueryClient();
client.setQueryData(knownTagsQuery.queryKey, ["VIP", "批发"]);
const html = (children: ReactNode) =>
  renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
        {children}
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
const rest = { facets: undefined, pending: false, onApply: () => {}, onReset: () => {} };
const first = (filter: CardFilter) => html(<CardFilters filter={filter} masked={false} {...rest} />);
const more = (filter: CardFilter, errors: FilterErrors = {}) =>
  html(<MoreFilters draft={writeFilters(filter)} errors={errors} onChange={() => {}} />);

test.each(NAMES)("the filter %s has a field, which shows its value and has its name in both languages", (name) => {
  const { text, filter } = filterExample(name);
  const part = countMore({ [name]: text }) > 0 ? more : first;
  expect(part(filter)).not.toBe(part({}));
  expect(part({})).toContain(zhCN.cards.filter[name]);
  expect(en.cards.filter[name]).toBeTruthy();
});

test("no field cuts what is pasted", () => {
  expect(first({}) + more({})).not.toMatch(/maxlength/i);
});

test.each(["id", "balanceMin", "balanceMax"] as const)("the field of %s says its error", (name) => {
  expect(more({}, { [name]: "one_value" })).toContain(zhCN.errors.one_value);
});

test("the field of the tag suggests those in use", () => {
  const [, list] = /<input[^>]*list="([^"]+)"/.exec(more({})) ?? [];
  expect(more({})).toContain(
    `<datalist id="${list}"><option value="VIP"></option><option value="批发"></option></datalist>`,
  );
});

test("the private filters are the phone and the code", () => {
  expect(NAMES.filter((name) => !URL_FILTERS.some((other) => other === name))).toEqual(["phone", "code"]);
});
