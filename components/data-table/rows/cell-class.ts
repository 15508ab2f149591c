import type { CellTone, Column } from "../types";

const narrowPlaces = { title: "title", value: "value", detail: "", labelled: "labelled", none: "wide" };

/** The classes of a cell, short because every row repeats them; what they mean stands in data-table.css. */
export function cellClass<Row>(column: Column<Row>, tone?: CellTone): string | undefined {
  let classes = column.from ? `from-${column.from}` : narrowPlaces[column.narrow ?? "detail"];
  if (column.align === "end") classes += " end";
  if (column.sticky) classes += " pinned";
  if (column.look) classes += ` ${column.look}`;
  if (tone) classes += ` ${tone}`;
  return classes.trim() || undefined;
}
