import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { DataTable } from "./data-table";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/" }));

const html = (count: number) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <DataTable
        id="test"
        caption="rows"
        columns={[{ id: "name", header: "name", cell: (row: string) => row }]}
        rows={Array.from({ length: count }, (_, at) => `row ${at}.`)}
        rowKey={(row) => row}
        toolbar={false}
      />
    </NextIntlClientProvider>,
  );

test("a page's HTML has the rows of the first screen, and keeps the place of the others", () => {
  const text = html(50);
  expect(text.match(/row \d+\./g)).toEqual(Array.from({ length: 20 }, (_, at) => `row ${at}.`));
  expect(text).toContain("--rows:30");
});

test("a short table is whole at once", () => {
  expect(html(20).match(/row \d+\./g)).toHaveLength(20);
  expect(html(20)).not.toContain("--rows");
});
