import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { TableBody } from "@/components/data-table/rows/table-body";
import type { FoundCard, FoundLine } from "@/lib/find/types";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { isCardKey, rowsOf } from "./sheet";
import { useSheetColumns } from "./use-sheet-columns";
import { useSheetMenu } from "./use-sheet-menu";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/cards/paste" }));

const card: FoundCard = {
  ...{ id: "a".repeat(32), maskedCode: "••••jAj7", type: "1", userName: "琳琅", maskedPhone: "135****1680" },
  ...{ balance: 1_234, createdAt: null, updatedAt: null, gone: false, lockedBy: "op", inDoubt: false, userId: "u" },
};
const line = (place: number, part: Partial<FoundLine>): FoundLine => ({
  ...{ line: place, text: `第${place}`, result: "found", cards: [card.id], more: false, differs: false },
  ...{ duplicateOf: null, amount: null, key: null, ...part },
});

const ignore = () => undefined;
const actions = { open: ignore, prepare: ignore };

type Props = { lines: FoundLine[]; hasAmounts: boolean };

function Rows({ lines, hasAmounts }: Props) {
  const rows = rowsOf(lines, new Map([[card.id, card]]));
  const handlers = { onClick: ignore, onFocus: ignore, onBlur: ignore, onPointerOver: ignore, onPointerOut: ignore };
  const ids = rows.map(({ key }) => key);
  return (
    <table>
      <TableBody
        tableId="sheet"
        columns={useSheetColumns({ hasAmounts })}
        rows={rows}
        shown={rows.length}
        ids={ids}
        rowLabel={(row) => row.card?.userName ?? ""}
        selection={new Set([card.id])}
        isSelectable={isCardKey}
        rowMenu={useSheetMenu(true, actions)}
        menuId="menu"
        interaction={{ body: { current: null }, handlers, tabbable: ids[0], lastFocused: null }}
        loading={false}
        refreshing={false}
      />
    </table>
  );
}

/** The rows, each as its cells' texts, and whether it has a check box. */
function rowsIn(lines: FoundLine[], hasAmounts = false): string[] {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <Rows lines={lines} hasAmounts={hasAmounts} />
    </NextIntlClientProvider>,
  );
  return html
    .split("<tr")
    .slice(1)
    .map((row) =>
      (row.match(/<td[\s\S]*?<\/td>/g) ?? [])
        .map((cell) => {
          if (cell.includes("checkbox")) return "☑";
          return cell.includes("<button") ? "⋯" : cell.replace(/<[^>]*>/g, "");
        })
        .join("|"),
    );
}

test("each line says what became of it; a card's first row can be selected, and a line of one card has its menu", () => {
  expect(
    rowsIn(
      [
        line(2, { amount: 1_000 }),
        line(3, { result: "missing", cards: [] }),
        line(4, { duplicateOf: 2, differs: true, more: true }),
        line(5, { result: "unread", cards: [], amount: 7 }),
      ],
      true,
    ),
  ).toEqual([
    "☑|2|第2|1,000|找到|••••jAj7|琳琅|135****1680|青龙|1,234|占用中|⋯",
    "|3|第3|—|没有找到|—|—|—|—|—|—|",
    "|4|第4|—|找到；还有更多，仅列出 20 张；内容不一致；与第 2 行重复|••••jAj7|琳琅|135****1680|青龙|1,234|占用中|",
    "|5|第5|7|未能识别|—|—|—|—|—|—|",
  ]);
});

test("a card key leads to its batch, a card to its page, and without amounts there is no column for them", () => {
  const key = line(1, { result: "key", cards: [], key: { batchId: "b1", last4: "F8D1" } });
  expect(rowsIn([key])).toEqual(["|1|第1|卡密|••••F8D1|—|—|—|—|—|"]);
});
