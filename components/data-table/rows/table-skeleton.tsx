import clsx from "clsx";
import { Skeleton } from "@/components/ui/skeleton";
import { cellClass, checkCellClass, rowClass, rowHeights, selectableRowClass } from "../layout-class";
import type { Column, Density } from "../types";

type Props<Row> = {
  columns: readonly Column<Row>[];
  rows: number;
  density: Density;
  selectable: boolean;
  hasActions: boolean;
};

/** Placeholder rows in the shape of the coming ones, so that nothing jumps. */
export function TableSkeleton<Row>({ columns, rows, density, selectable, hasActions }: Props<Row>) {
  return Array.from({ length: rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: these rows are all alike and never move
    <tr key={index} className={clsx(rowClass, rowHeights[density], selectable && selectableRowClass, "bg-surface")}>
      {selectable && (
        <td className={checkCellClass}>
          <Skeleton className="size-4" />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          <Skeleton className={column.align === "end" ? "w-12 sm:ms-auto" : "w-3/4 max-sm:w-20"} />
        </td>
      ))}
      {hasActions && <td className="max-sm:hidden" />}
    </tr>
  ));
}
