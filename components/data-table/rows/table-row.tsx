import { memo } from "react";
import type { Column, RowMenu } from "../types";
import { cellClass } from "./cell-class";

type Props<Row> = {
  /** Id of the cell that names the check box: of its place, and so the same for another row in it. */
  checkId: string;
  row: Row;
  columns: readonly Column<Row>[];
  /** undefined: rows can't be selected; null: this one can't. */
  selected: boolean | null | undefined;
  tabbable: boolean;
  /** Names the row's check box. */
  selectLabel: (row: Row) => string;
  /** undefined: rows have none. */
  menu: RowMenu<Row> | undefined;
  /** Id of the one menu of all rows. */
  menuId: string;
};

/** The table's body hears every event of its rows; React wants one handler beside `checked`. */
const heardByTheBody = () => undefined;

/** Drawn anew only when it is checked: else React writes three attributes of each with every page. So its cell has its name. */
const CheckBox = memo(function CheckBox({ labelledBy, checked }: { labelledBy: string; checked: boolean }) {
  return <input type="checkbox" aria-labelledby={labelledBy} checked={checked} onChange={heardByTheBody} />;
});

/** A row is what repeats: no hooks, no component a cell but one, and no look of its own (data-table.css has it). */
function TableRowBase<Row>(props: Props<Row>) {
  const { checkId, row, columns, selected, tabbable, selectLabel, menu, menuId } = props;
  return (
    <tr tabIndex={tabbable ? 0 : -1} aria-selected={selected || undefined}>
      {selected !== undefined && (
        <td className="check" id={checkId} aria-label={selected === null ? undefined : selectLabel(row)}>
          {selected !== null && <CheckBox labelledBy={checkId} checked={selected} />}
        </td>
      )}
      {columns.map((column) => {
        const content = column.cell(row);
        return (
          <td
            key={column.id}
            className={cellClass(column, column.tone?.(row), content)}
            data-label={column.narrow === "labelled" ? column.header : undefined}
          >
            {content}
          </td>
        );
      })}
      {menu && (
        <td className="actions">
          {menu.has?.(row) !== false && (
            // biome-ignore lint/a11y/useButtonType: no table stands in a form, and what fifty rows repeat is weighed
            <button popoverTarget={menuId} aria-haspopup="menu" aria-label={menu.label(row)} />
          )}
        </td>
      )}
    </tr>
  );
}

export const TableRow = memo(TableRowBase) as typeof TableRowBase;
