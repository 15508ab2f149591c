import { type FocusEvent, type MouseEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { useFollowLink } from "@/components/navigation/use-follow-link";
import type { Column, RowMenu } from "../types";
import type { RowMenuHandle } from "./row-menu";
import type { RowTipHandle } from "./row-tip";
import { selectRows } from "./select-rows";
import { useRowKeys } from "./use-row-keys";

type Options<Row> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: ReadonlySet<string>) => void;
  onOpenRow?: (row: Row) => void;
  rowMenu?: RowMenu<Row>;
};

/**
 * Everything a row does, heard once by the body of the table: opening, selecting, links, the menu's button, hints.
 * `tabbable` is the row that Tab enters: the last one focused, else the first.
 */
export function useRowInteraction<Row>(
  options: Options<Row>,
  ids: readonly string[],
  /** The visible ones. */
  columns: readonly Column<Row>[],
) {
  const body = useRef<HTMLTableSectionElement>(null);
  const menu = useRef<RowMenuHandle>(null);
  const tip = useRef<RowTipHandle>(null);
  const anchor = useRef<string | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const followLink = useFollowLink();

  /** The row an element stands in; null: in none of this table, or in a placeholder. */
  const placeOf = (element: Element) => {
    const line = element.closest("tr");
    if (!line || line.parentElement !== body.current) return null;
    const row = options.rows[line.sectionRowIndex];
    const id = ids[line.sectionRowIndex];
    return row === undefined || id === undefined ? null : { row, id };
  };
  const select = (id: string, withRange: boolean, on?: boolean) => {
    const { selection, onSelectionChange } = options;
    if (!selection) return;
    onSelectionChange?.(selectRows(selection, ids, id, withRange ? anchor.current : null, on));
    anchor.current = id;
  };

  const keys = {
    open: (line: Element) => {
      const place = placeOf(line);
      if (place) options.onOpenRow?.(place.row);
    },
    toggle: (line: Element) => {
      const place = placeOf(line);
      if (place) select(place.id, false);
    },
  };
  const latestKeys = useRef(keys);
  useEffect(() => {
    latestKeys.current = keys;
  });
  useRowKeys(body, latestKeys);

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const place = placeOf(target);
    if (!place) return;
    if (target.matches(".check > input")) return select(place.id, event.shiftKey, (target as HTMLInputElement).checked);
    const button = menuButtonOf(target);
    if (button) {
      event.preventDefault();
      return menu.current?.press(button, place.id);
    }
    followLink(event);
    if (isPlainPress(event)) options.onOpenRow?.(place.row);
  };
  const onFocus = (event: FocusEvent) => {
    setCursor(placeOf(event.target)?.id ?? null);
    const button = menuButtonOf(event.target);
    if (!button) return;
    options.rowMenu?.onIntent?.();
    if (button.matches(":focus-visible")) tip.current?.show(button);
  };
  const onPointerOver = (event: PointerEvent) => {
    const target = event.target as Element;
    const button = menuButtonOf(target);
    if (button) {
      options.rowMenu?.onIntent?.();
      if (event.pointerType === "mouse") tip.current?.show(button);
      return;
    }
    const cell = target.closest("td");
    const place = cell && placeOf(cell);
    if (!place) return;
    const hint = columns[cell.cellIndex - (options.selection ? 1 : 0)]?.hint?.(place.row);
    if (hint) cell.title = hint;
    else cell.removeAttribute("title");
  };
  const hideTip = useCallback((event: { target: EventTarget }) => {
    if (menuButtonOf(event.target as Element)) tip.current?.hide();
  }, []);

  return {
    body,
    menu,
    tip,
    handlers: { onClick, onFocus, onBlur: hideTip, onPointerOver, onPointerOut: hideTip },
    lastFocused: cursor,
    tabbable: cursor !== null && ids.includes(cursor) ? cursor : ids[0],
  };
}

const menuButtonOf = (element: Element) => element.closest<HTMLElement>(".actions > button");

/** A plain click: not on a control, not the end of a text selection, no modifier key. */
function isPlainPress(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return false;
  const target = event.target as Element;
  if (target.closest("a, button, input, select, textarea, label, summary, dialog, [popover]")) return false;
  return window.getSelection()?.toString() === "";
}
