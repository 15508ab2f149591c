import { useTranslations } from "next-intl";
import {
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { MENU_ITEM, MenuList } from "@/components/ui/popover/menu-list";
import { followAnchor, positionPopover } from "@/components/ui/popover/position-popover";
import type { RowMenu as Menu } from "../types";

export type RowMenuHandle = {
  /** A row's button was pressed: open the menu there, or close it if it is. */
  press: (button: HTMLElement, rowId: string) => void;
};

type Props<Row> = {
  id: string;
  ref: Ref<RowMenuHandle>;
  body: RefObject<HTMLTableSectionElement | null>;
  rows: readonly Row[];
  ids: readonly string[];
  menu: Menu<Row>;
};

/**
 * The one menu of all rows, opened at the button that was pressed. Every button names it as its popover, so that the
 * browser opens it also before the page's scripts are there; it is filled when they are.
 */
export function RowMenu<Row>({ id, ref, body, rows, ids, menu }: Props<Row>) {
  const t = useTranslations("ui");
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const row = opened === null ? undefined : rows[ids.indexOf(opened)];

  const fill = (pressed: HTMLElement, rowId: string) => {
    button.current = pressed;
    flushSync(() => setOpened(rowId));
    const popover = list.current;
    if (!popover) return;
    if (!popover.matches(":popover-open")) popover.showPopover();
    for (const each of body.current?.querySelectorAll(`[popovertarget="${CSS.escape(id)}"]`) ?? [])
      each.ariaExpanded = String(each === pressed);
    positionPopover(popover, pressed, "end");
    popover.querySelector<HTMLElement>(MENU_ITEM)?.focus();
  };
  const press: RowMenuHandle["press"] = (pressed, rowId) => {
    const popover = list.current;
    const again = button.current === pressed && popover?.matches(":popover-open");
    popover?.hidePopover();
    if (again) return;
    // Where the focus returns to; not every browser gives it to a button that is clicked.
    pressed.focus();
    fill(pressed, rowId);
  };
  useImperativeHandle(ref, () => ({ press }));

  const follow = useCallback((popover: HTMLElement) => {
    if (button.current) followAnchor(popover, button.current, "end");
  }, []);

  // Open since before hydration: for the button that has the focus, or is under the pointer where buttons take none.
  useEffect(() => {
    const popover = list.current;
    if (!popover?.matches(":popover-open")) return;
    const target = `[popovertarget="${CSS.escape(id)}"]`;
    const at = (state: string) => body.current?.querySelector<HTMLElement>(target + state);
    const pressed = at(":focus") ?? at(":hover");
    popover.hidePopover();
    // Not from inside an effect: filling it renders at once.
    queueMicrotask(() => pressed?.click());
  }, [body, id]);

  // The rows have changed: its row stands elsewhere, or has gone from the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` moves the button
  useLayoutEffect(() => {
    const popover = list.current;
    if (opened === null || !popover?.matches(":popover-open")) return;
    if (row) follow(popover);
    else popover.hidePopover();
  }, [opened, row, rows, follow]);

  return (
    <MenuList
      id={id}
      ref={list}
      popover="auto"
      tabIndex={-1}
      label={row ? menu.label(row) : t("actions")}
      open={opened !== null}
      onMove={follow}
      onToggle={(event) => {
        if (event.target !== event.currentTarget || event.newState === "open") return;
        if (button.current) button.current.ariaExpanded = "false";
        button.current = null;
        setOpened(null);
      }}
    >
      {row && menu.items(row)}
    </MenuList>
  );
}
