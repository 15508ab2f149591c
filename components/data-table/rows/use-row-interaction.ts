import { type FocusEvent, useCallback, useEffect, useRef, useState } from "react";
import { selectRows } from "./select-rows";
import { useRowKeys } from "./use-row-keys";

type Options<Row> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: ReadonlySet<string>) => void;
  onOpenRow?: (row: Row) => void;
};

/**
 * Opening and selecting rows by pointer and keyboard. `open` and `select` stay the same functions, so that rows don't
 * re-render; `tabbable` is the row that Tab enters: the last one focused, else the first.
 */
export function useRowInteraction<Row>(options: Options<Row>, ids: readonly string[]) {
  const body = useRef<HTMLTableSectionElement>(null);
  const anchor = useRef<string | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);

  const latest = useRef({ options, ids });
  useEffect(() => {
    latest.current = { options, ids };
  });
  const open = useCallback((rowId: string) => {
    const { rows, rowKey, onOpenRow } = latest.current.options;
    const row = rows.find((each) => rowKey(each) === rowId);
    if (row) onOpenRow?.(row);
  }, []);
  const select = useCallback((rowId: string, withRange: boolean) => {
    const { selection, onSelectionChange } = latest.current.options;
    if (!selection) return;
    onSelectionChange?.(selectRows(selection, latest.current.ids, rowId, withRange ? anchor.current : null));
    anchor.current = rowId;
  }, []);

  const handlers = useRef({ open, toggle: (rowId: string) => select(rowId, false) });
  useRowKeys(body, handlers);

  const onFocus = (event: FocusEvent) =>
    setCursor(event.target.closest<HTMLElement>("[data-row]")?.dataset.row ?? null);
  return { body, open, select, onFocus, tabbable: cursor !== null && ids.includes(cursor) ? cursor : ids[0] };
}
