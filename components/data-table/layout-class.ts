import clsx from "clsx";
import type { Column, Density } from "./types";

/**
 * One markup for both layouts: a table from 640 px up, below that each row is a two-line list entry
 * (title and value, then the details), laid out by order in a wrapping flex row.
 */
export const rowClass = clsx(
  "relative border-line max-sm:border-b last:border-b-0 sm:not-last:[&>td]:border-b sm:[&>td]:border-line",
  "max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:px-3 max-sm:py-2",
  "max-sm:after:order-4 max-sm:after:w-full max-sm:after:content-['']",
);

/** Space for the check box, so that both lines are aligned. */
export const selectableRowClass = "max-sm:ps-10";

/** A row's focus ring, drawn by its cells in a table: sticky cells would cover an outline of the row. */
export const focusClass = clsx(
  "max-sm:outline-offset-[-2px] sm:outline-none",
  "sm:[&:focus-visible>td]:shadow-[inset_0_2px_var(--accent),inset_0_-2px_var(--accent)]",
  "sm:[&:focus-visible>td:first-child]:shadow-[inset_0_2px_var(--accent),inset_0_-2px_var(--accent),inset_3px_0_var(--accent)]",
);

export const rowHeights: Record<Density, string> = { dense: "sm:h-[30px]", normal: "sm:h-9", roomy: "sm:h-11" };

export const checkCellClass = "max-sm:absolute max-sm:start-3 max-sm:top-3 sm:w-9 sm:ps-3 sm:pe-0";

export const actionsCellClass =
  "max-sm:order-3 max-sm:-me-2 sm:sticky sm:end-0 sm:bg-inherit sm:group-data-scrolls/frame:border-s sm:pe-2 text-end whitespace-nowrap";

const narrowPlaces = {
  title: "max-sm:order-2 max-sm:min-w-0 max-sm:flex-1 max-sm:text-base",
  value: "max-sm:order-3 max-sm:text-base max-sm:font-medium",
  detail: "max-sm:order-5 max-sm:text-xs max-sm:text-soft",
  labelled:
    "max-sm:order-5 max-sm:text-xs max-sm:text-soft max-sm:before:content-[attr(data-label)] max-sm:before:me-1 max-sm:before:text-faint",
  none: "max-sm:hidden",
};

export function cellClass<Row>(column: Column<Row>): string {
  return clsx(
    "sm:px-3 sm:whitespace-nowrap",
    column.align === "end" && "sm:text-end",
    column.sticky && "sm:sticky sm:start-0 sm:z-1 sm:bg-inherit sm:group-data-scrolls/frame:border-e",
    narrowPlaces[column.narrow ?? "detail"],
  );
}
