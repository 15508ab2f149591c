import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { TableBody } from "@/components/data-table/rows/table-body";
import type { CardRow } from "@/lib/cards/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { useCardColumns } from "./use-card-columns";
import { cardLabel, useCardMenu } from "./use-card-menu";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/cards" }));

const id = (place: number) => place.toString(16).padStart(32, "a");

const card = (place: number, part: Partial<CardRow> = {}): CardRow => ({
  id: id(place),
  maskedCode: "••••jAj7",
  type: "1",
  userName: "Иван Петров",
  maskedPhone: "135****1680",
  balance: 1_234_567,
  createdAt: "2026-11-27T23:52:36.927Z",
  updatedAt: "2026-11-27T23:58:27.236Z",
  gone: false,
  lockedBy: null,
  inDoubt: false,
  ...part,
});

const ignore = () => undefined;
const actions = { open: ignore, prepare: ignore };
const handlers = { onClick: ignore, onFocus: ignore, onBlur: ignore, onPointerOver: ignore, onPointerOut: ignore };

function Rows({ rows, selected = [] }: { rows: CardRow[]; selected?: string[] }) {
  const columns = useCardColumns({ masked: false, use: undefined, tags: undefined }).filter((column) => !column.hidden);
  const ids = rows.map((row) => row.id);
  return (
    <table>
      <TableBody
        tableId="cards"
        columns={columns}
        rows={rows}
        shown={rows.length}
        ids={ids}
        rowLabel={cardLabel}
        selection={new Set(selected)}
        rowMenu={useCardMenu(true, actions)}
        menuId="cards-menu"
        interaction={{ body: { current: null }, handlers, tabbable: ids[0], lastFocused: null }}
        loading={false}
        refreshing={false}
      />
    </table>
  );
}

const html = (rows: CardRow[], selected?: string[]) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <Rows rows={rows} {...(selected && { selected })} />
    </NextIntlClientProvider>,
  );

test("a row is light: at most 660 bytes and 14 elements", () => {
  const few = html([card(1)]);
  const many = html(Array.from({ length: 51 }, (_, place) => card(place + 1)));
  expect((Buffer.byteLength(many) - Buffer.byteLength(few)) / 50).toBeLessThanOrEqual(660);
  const elements = (text: string) => text.match(/<[a-z]/g)?.length ?? 0;
  expect((elements(many) - elements(few)) / 50).toBeLessThanOrEqual(14);
});

test("it says what it always said: values, links, and the names of its controls", () => {
  const row = html([card(1)]);
  for (const text of ["青龙", "Иван Петров", "135****1680", "1,234,567", "2026-11-28 07:52:36", "已兑换"])
    expect(row).toContain(`>${text}</td>`);
  expect(row).toContain(`<a href="/cards/${id(1)}">••••jAj7</a>`);
  // By reference, so that the next page writes one attribute of a cell and none of the check box.
  expect(row).toContain('id="cards0" aria-label="选择 Иван Петров"');
  expect(row).toContain('type="checkbox" aria-labelledby="cards0"');
  expect(row).toContain('aria-haspopup="menu" aria-label="Иван Петров 的操作"');
  // Opened by the browser alone, until the page's scripts are there.
  expect(row).toContain('popoverTarget="cards-menu"');
});

test("what is unknown or missing is a faint dash, never 0", () => {
  const row = html([card(1, { userName: null, maskedPhone: null, balance: null, createdAt: null })]);
  expect(row.match(/ none">—<\/td>|"none">—<\/td>/g)).toHaveLength(4);
  expect(row).toContain("未兑换");
});

test("a locked card leads to its operation, a gone one says so", () => {
  expect(html([card(1, { lockedBy: "op" })])).toMatch(/<a href="\/operations\/op" title="[^"]+">.*占用中/);
  const inDoubt = html([card(1, { lockedBy: "op", inDoubt: true })]);
  expect(inDoubt).toContain("结果未知");
  expect(inDoubt).toContain("text-unknown");
  expect(html([card(1, { gone: true })])).toContain(zhCN.cards.state.gone);
});

test("only selected rows are marked, and Tab enters one row", () => {
  const rows = html([card(1), card(2)], [id(2)]);
  expect(rows.match(/aria-selected="true"/g)).toHaveLength(1);
  expect(rows.match(/<tr tabindex="0"/g)).toHaveLength(1);
  expect(rows.match(/<tr tabindex="-1" aria-selected="true"/g)).toHaveLength(1);
});
