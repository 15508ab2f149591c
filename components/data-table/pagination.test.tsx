import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { en } from "@/lib/web/i18n/messages-en";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { Pagination } from "./pagination";
import type { Paging } from "./types";

const shown = (over: Partial<Paging>, messages: typeof en = en) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="Asia/Shanghai">
      <Pagination page={1} size={50} total={100_000} onPage={() => {}} onSize={() => {}} {...over} />
    </NextIntlClientProvider>,
  );
const disabled = (html: string, label: string) => {
  const [button = ""] = new RegExp(`<button[^>]*aria-label="${label}"[^>]*>`).exec(html) ?? [];
  expect(button).not.toBe("");
  return / (aria-)?disabled="/.test(button);
};

test("a total that was not counted to the end says so, and offers to count", () => {
  const html = shown({ atLeast: true, onCount: () => {} });
  expect(html).toContain("≥ 100,000 in total");
  expect(html).toContain("/ ≥ 2,000");
  expect(html).toContain(en.ui.countAll);
  expect(shown({ atLeast: true, onCount: () => {} }, zhCN)).toContain("共 ≥ 100,000 条");
});

test("an exact total offers nothing", () => {
  const html = shown({ onCount: () => {} });
  expect(html).toContain(">100,000 in total");
  expect(html).not.toContain(en.ui.countAll);
});

test("where the end is not known nobody can go there, but always on", () => {
  const html = shown({ atLeast: true, page: 2_000 });
  expect(disabled(html, en.ui.lastPage)).toBe(true);
  expect(disabled(html, en.ui.nextPage)).toBe(false);
  expect(disabled(shown({ page: 2_000 }), en.ui.nextPage)).toBe(true);
  expect(disabled(shown({}), en.ui.lastPage)).toBe(false);
});
