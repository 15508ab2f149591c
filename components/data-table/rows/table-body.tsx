import clsx from "clsx";
import type { ReactNode } from "react";
import type { Column, Density } from "../types";
import { TableRow } from "./table-row";
import { TableSkeleton } from "./table-skeleton";
import type { useRowInteraction } from "./use-row-interaction";

type Props<Row> = {
  columns: readonly Column<Row>[];
  density: Density;
  rows: readonly Row[];
  /** Ids of the rows, in their order. */
  ids: readonly string[];
  rowLabel: ((row: Row) => string) | undefined;
  selection: ReadonlySet<string> | undefined;
  rowActions: ((row: Row) => ReactNode) | undefined;
  opens: boolean;
  interaction: ReturnType<typeof useRowInteraction<Row>>;
  /** How many skeleton rows to show instead of `rows`; false: the rows are there. */
  loading: number | false;
  refreshing: boolean;
};

/** The rows, or their skeleton while they are loaded. */
export function TableBody<Row>(props: Props<Row>) {
  const { columns, density, rows, ids, rowLabel, selection, rowActions, opens, interaction } = props;
  const { body, open, select, onFocus, tabbable } = interaction;
  return (
    <tbody
      ref={body}
      className={clsx("transition-opacity max-sm:block", props.refreshing && "opacity-60")}
      onFocus={onFocus}
    >
      {props.loading !== false ? (
        <TableSkeleton
          columns={columns}
          rows={props.loading}
          density={density}
          selectable={selection !== undefined}
          hasActions={rowActions !== undefined}
        />
      ) : (
        rows.map((row, index) => {
          const id = ids[index] ?? "";
          return (
            <TableRow
              key={id}
              row={row}
              id={id}
              label={rowLabel?.(row) ?? id}
              columns={columns}
              density={density}
              selected={selection?.has(id)}
              tabbable={id === tabbable}
              opens={opens}
              onSelect={select}
              onOpen={open}
              rowActions={rowActions}
            />
          );
        })
      )}
    </tbody>
  );
}
