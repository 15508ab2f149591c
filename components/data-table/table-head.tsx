import clsx from "clsx";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Icon } from "../ui/icon";
import type { Column, Sort } from "./types";

type Props<Row> = {
  columns: readonly Column<Row>[];
  sort: Sort | null | undefined;
  onSort: ((sort: Sort | null) => void) | undefined;
  /** undefined: rows can't be selected. */
  selected: "none" | "some" | "all" | undefined;
  onSelectPage: () => void;
  hasActions: boolean;
  scrolls: boolean;
};

export function TableHead<Row>({ columns, sort, onSort, selected, onSelectPage, hasActions, scrolls }: Props<Row>) {
  const t = useTranslations("ui");
  return (
    <thead className={clsx("sticky z-2 max-sm:sr-only", scrolls ? "top-0" : "top-(--header)")}>
      <tr className="h-9 bg-canvas text-soft [&>th]:shadow-[inset_0_-1px_var(--line)]">
        {selected && (
          <th scope="col" className="w-9 ps-3 text-start">
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
              className={clsx(
                "px-3 font-medium whitespace-nowrap",
                column.align === "end" ? "text-end" : "text-start",
                column.sticky && "sticky start-0 z-1 bg-inherit",
              )}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  onClick={() => onSort(nextSort(column.id, sort))}
                  className={clsx(
                    "group -mx-1 inline-flex h-7 items-center gap-0.5 rounded-sm px-1 font-medium hover:text-text",
                    column.align === "end" && "flex-row-reverse",
                    direction !== "none" && "text-text",
                  )}
                >
                  {column.header}
                  <Icon
                    name={direction === "ascending" ? "arrow-up" : "arrow-down"}
                    size={12}
                    className={
                      direction === "none" ? "opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50" : ""
                    }
                  />
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
        {hasActions && (
          <th scope="col" className="sticky end-0 w-px bg-inherit">
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
