import clsx from "clsx";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo, type ReactNode } from "react";
import { Checkbox } from "@/components/ui/form/checkbox";
import {
  actionsCellClass,
  cellClass,
  checkCellClass,
  focusClass,
  rowClass,
  rowHeights,
  selectableRowClass,
} from "../layout-class";
import type { Column, Density } from "../types";

type Props<Row> = {
  row: Row;
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  density: Density;
  /** undefined: rows can't be selected. */
  selected: boolean | undefined;
  tabbable: boolean;
  opens: boolean;
  onSelect: (id: string, withRange: boolean) => void;
  onOpen: (id: string) => void;
  rowActions: ((row: Row) => ReactNode) | undefined;
};

function TableRowBase<Row>(props: Props<Row>) {
  const { row, id, label, columns, density, selected, tabbable, opens, onSelect, onOpen, rowActions } = props;
  const t = useTranslations("ui");
  return (
    <tr
      data-row={id}
      tabIndex={tabbable ? 0 : -1}
      aria-selected={selected}
      onClick={(event) => {
        if (opens && isPlainPress(event)) onOpen(id);
      }}
      className={clsx(
        rowClass,
        rowHeights[density],
        selected !== undefined && selectableRowClass,
        focusClass,
        selected ? "bg-accent-wash" : "bg-surface hover:bg-hover",
        opens && "cursor-pointer",
      )}
    >
      {selected !== undefined && (
        <td className={checkCellClass}>
          <Checkbox
            aria-label={t("selectRow", { label })}
            checked={selected}
            onChange={() => {}}
            onClick={(event) => onSelect(id, event.shiftKey)}
            className="block after:absolute after:inset-y-0 after:start-0 after:w-10"
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-label={column.header} className={cellClass(column)}>
          {column.cell(row)}
        </td>
      ))}
      {rowActions && <td className={actionsCellClass}>{rowActions(row)}</td>}
    </tr>
  );
}

/** A plain click: not on a control, not the end of a text selection, no modifier key. */
function isPlainPress(event: MouseEvent<HTMLElement>): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return false;
  const target = event.target as Element;
  if (target.closest("a, button, input, select, textarea, label, summary, dialog, [popover]")) return false;
  return window.getSelection()?.toString() === "";
}

export const TableRow = memo(TableRowBase) as typeof TableRowBase;
