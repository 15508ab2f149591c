import clsx from "clsx";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/form/checkbox";
import type { Column, Sort } from "./types";

type Props<Row> = {
  columns: readonly Column<Row>[];
  sort: Sort | null | undefined;
  onSort: ((sort: Sort | null) => void) | undefined;
  /** undefined: rows can't be selected. */
  selected: "none" | "some" | "all" | undefined;
  onSelectPage: () => void;
  hasActions: boolean;
};

export function TableHead<Row>({ columns, sort, onSort, selected, onSelectPage, hasActions }: Props<Row>) {
  const t = useTranslations("ui");
  return (
    <thead>
      <tr>
        {selected && (
          <th scope="col" className="check">
            <Checkbox
              aria-label={t("selectPage")}
              checked={selected === "all"}
              mixed={selected === "some"}
              onChange={onSelectPage}
              className="block"
            />
          </th>
        )}
        {columns.map((column) => {
          const direction = sort?.id === column.id ? (sort.desc ? "descending" : "ascending") : "none";
          return (
            <th
              key={column.id}
              scope="col"
              style={{ width: column.width }}
              aria-sort={column.sortable && onSort ? direction : undefined}
              className={
                clsx(
                  column.align === "end" && "end",
                  column.sticky && "pinned",
                  column.from && `from-${column.from}`,
                ) || undefined
              }
            >
              {column.sortable && onSort ? (
                <button type="button" onClick={() => onSort(nextSort(column.id, sort))}>
                  {column.header}
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
        {hasActions && (
          <th scope="col" className="actions">
            <span className="sr-only">{t("actions")}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

/** Descending first (largest, newest), then ascending, then unsorted. */
function nextSort(id: string, sort: Sort | null | undefined): Sort | null {
  if (sort?.id !== id) return { id, desc: true };
  return sort.desc ? { id, desc: false } : null;
}
