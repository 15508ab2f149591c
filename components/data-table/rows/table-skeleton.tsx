import { Skeleton } from "@/components/ui/skeleton";
import type { Column } from "../types";
import { cellClass } from "./cell-class";

type Props<Row> = {
  columns: readonly Column<Row>[];
  rows: number;
  selectable: boolean;
  hasActions: boolean;
};

/** Placeholder rows in the shape of the coming ones, so that nothing jumps. */
export function TableSkeleton<Row>({ columns, rows, selectable, hasActions }: Props<Row>) {
  return Array.from({ length: rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: these rows are all alike and never move
    <tr key={index}>
      {selectable && (
        <td className="check">
          <Skeleton className="size-4" />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          <Skeleton className={column.align === "end" ? "w-12 sm:ms-auto" : "w-3/4 max-sm:w-20"} />
        </td>
      ))}
      {hasActions && <td className="wide" />}
    </tr>
  ));
}
