import type { ReactNode } from "react";
import type { PublicError } from "@/lib/core/errors";

/** A plain column. Keep the array stable (module constant or useMemo): rows re-render when it changes. */
export type Column<Row> = {
  id: string;
  /** Also its name in the column chooser and the label of its value on a phone. Include the unit. */
  header: string;
  cell: (row: Row) => ReactNode;
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
};
