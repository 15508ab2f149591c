import type { ReactNode } from "react";
import type { CellTone, Column } from "../types";

const narrowPlaces = { title: "title", value: "value", detail: "", labelled: "labelled", none: "wide" };

/**
 * A name of so many characters fits in every wide window. Another is cut where it doesn't: its cell is clipped by itself, and
 * fifty of those are half of the layers that the browser looks through for a page of rows.
 */
const FITS = 8;

/** The classes of a cell, short because every row repeats them; what they mean stands in data-table.css. */
export function cellClass<Row>(column: Column<Row>, tone?: CellTone, content?: ReactNode): string | undefined {
  let classes = column.from ? `from-${column.from}` : narrowPlaces[column.narrow ?? "detail"];
  if (column.align === "end") classes += " end";
  if (column.sticky) classes += " pinned";
  if (column.look) classes += ` ${column.look}`;
  if (column.look === "name" && !(typeof content === "string" && content.length <= FITS)) classes += " long";
  if (tone) classes += ` ${tone}`;
  return classes.trim() || undefined;
}
