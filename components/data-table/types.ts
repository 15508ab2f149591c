import type { ReactNode } from "react";
import type { PublicError } from "@/lib/core/errors";

/** The meaning of a cell's text; absent: a plain value. "none" is a dash for nothing, left out of a phone's details. */
export type CellTone = "soft" | "faint" | "accent" | "warning" | "danger" | "unknown" | "none";

/** A plain column. Keep the array stable (module constant or useMemo): rows re-render when it changes. */
export type Column<Row> = {
  id: string;
  /** Also its name in the column chooser and the label of its value on a phone. Include the unit. */
  header: string;
  /** Text where it can be: what a cell costs is paid once for each row. Never a component with hooks. */
  cell: (row: Row) => ReactNode;
  tone?: (row: Row) => CellTone | undefined;
  /** A code in fixed pitch, a name (cut when long, in a direction of its own), or a time: broken after the day or not at all. */
  look?: "code" | "name" | "time";
  /** Shown when the pointer rests on the cell; asked for only then. */
  hint?: (row: Row) => string | undefined;
  /** Use "end" for numbers. */
  align?: "start" | "end";
  sortable?: boolean;
  /** CSS width, for columns whose width would jump: "9rem". */
  width?: string;
  /** The user may hide it (default true). */
  hideable?: boolean;
  /** Hidden until the user shows it. */
  hidden?: boolean;
  /** Stays in view while the others scroll sideways. Only for the first column. */
  sticky?: boolean;
  /** Its place in a phone's two-line row; default "detail". "labelled" is a detail with its header. */
  narrow?: "title" | "value" | "detail" | "labelled" | "none";
  /** Only in windows at least so wide (px), so that the others have room; overrides `narrow`. */
  from?: 1024 | 1280 | 1366;
};

/** The menu at the end of each row. Keep it stable: rows re-render when it changes. */
export type RowMenu<Row> = {
  /** Whether a row has the menu; without it all have. */
  has?: (row: Row) => boolean;
  /** Names a row's button and the menu it opens; never a phone or a code. */
  label: (row: Row) => string;
  /** `MenuItem`s; rendered only while the menu is open. */
  items: (row: Row) => ReactNode;
  /** The pointer or the focus is on a row's button: time to load what an item needs. */
  onIntent?: (() => void) | undefined;
};

export type Sort = { id: string; desc: boolean };

export type TableState = "ready" | "loading" | "denied" | { error: PublicError };

export type Density = "dense" | "normal" | "roomy";

export type Paging = {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  /** There are `total` or more: where the end is nobody has counted. */
  atLeast?: boolean;
  /** Count them all; only with `atLeast`. */
  onCount?: () => void;
  counting?: boolean;
  onPage: (page: number) => void;
  onSize: (size: number) => void;
  /** The pointer rests on a button that leads to that page, or the focus is on it: time to fetch it. */
  onIntent?: ((page: number) => void) | undefined;
};
