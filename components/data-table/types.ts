import type { ReactNode } from "react";
import type { PublicError } from "@/lib/core/errors";

/** A plain column. Keep the array stable (module constant or useMemo): rows re-render when it changes. */
export type Column<Row> = {
  id: string;
  /** Also the name in the column chooser, and the label of the value on a phone. Unit belongs in it. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  sortable?: boolean;
  /** CSS width, for columns whose content would jump: "9rem". */
  width?: string;
  /** May be switched off by the user (default true). */
  hideable?: boolean;
  /** Off until the user asks for it. */
  hidden?: boolean;
  /** Stays in view while the rest scrolls sideways. Only for the first column. */
  sticky?: boolean;
  /** Where it stands in the two-line row of a phone; default "detail". "labelled" is a detail with its header. */
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
  onPage: (page: number) => void;
  onSize: (size: number) => void;
};
