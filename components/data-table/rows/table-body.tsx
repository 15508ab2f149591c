import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Column, RowMenu } from "../types";
import { rowSentence } from "./row-sentence";
import { TableRow } from "./table-row";
import { TableSkeleton } from "./table-skeleton";
import { useLasting } from "./use-lasting";
import type { useRowInteraction } from "./use-row-interaction";
import { useRowSlots } from "./use-row-slots";

type Props<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** How many of them to show. */
  shown: number;
  /** Ids of the rows, in their order. */
  ids: readonly string[];
  /** Names a row for its check box. Keep it stable. */
  rowLabel: ((row: Row) => string) | undefined;
  selection: ReadonlySet<string> | undefined;
  /** Without it all rows can be selected. */
  isSelectable?: ((id: string) => boolean) | undefined;
  rowMenu: RowMenu<Row> | undefined;
  tableId: string;
  menuId: string;
  interaction: Pick<ReturnType<typeof useRowInteraction<Row>>, "body" | "handlers" | "tabbable" | "lastFocused">;
  /** How many skeleton rows to show instead of `rows`; false: the rows are there. */
  loading: number | false;
  refreshing: boolean;
};

/** The rows, or their skeleton while they are loaded. */
export function TableBody<Row>(props: Props<Row>) {
  const { columns, rows, ids, rowLabel, selection, isSelectable, rowMenu, tableId, menuId, interaction } = props;
  const t = useTranslations("ui");
  const dimmed = useLasting(props.refreshing);
  const slots = useRowSlots(ids, interaction.lastFocused);
  const selectLabel = useMemo(() => {
    const sentence = rowSentence((label) => t("selectRow", { label }));
    return (row: Row) => sentence(rowLabel?.(row) ?? "");
  }, [t, rowLabel]);
  return (
    <tbody
      ref={interaction.body}
      className={clsx("transition-opacity max-sm:block", dimmed && "opacity-60")}
      {...interaction.handlers}
    >
      {props.loading !== false ? (
        <TableSkeleton
          columns={columns}
          rows={props.loading}
          selectable={selection !== undefined}
          hasActions={rowMenu !== undefined}
        />
      ) : (
        rows.slice(0, props.shown).map((row, index) => {
          const id = ids[index] ?? "";
          return (
            <TableRow
              key={slots[index]}
              checkId={`${tableId}${slots[index]}`}
              row={row}
              columns={columns}
              selected={isSelectable?.(id) === false ? selection && null : selection?.has(id)}
              tabbable={id === interaction.tabbable}
              selectLabel={selectLabel}
              menu={rowMenu}
              menuId={menuId}
            />
          );
        })
      )}
    </tbody>
  );
}
