import type { ReactNode } from "react";
import { MENU_ITEM, MenuList } from "./menu-list";
import { usePopover } from "./use-popover";

type TriggerProps = {
  popoverTarget: string;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
};

type Props = {
  /** Accessible name of the list. */
  label: string;
  trigger: (props: TriggerProps) => ReactNode;
  align?: "start" | "end";
  /** `MenuItem`s, and anything between them. */
  children: ReactNode;
};

/** A menu opened by a button. Its items are rendered only while it is open. */
export function Menu({ label, trigger, align = "end", children }: Props) {
  const { open, button, popover, follow } = usePopover({ align, focusSelector: MENU_ITEM });
  return (
    <>
      {trigger({ ...button, "aria-haspopup": "menu" })}
      <MenuList {...popover} label={label} open={open} onMove={follow}>
        {open && children}
      </MenuList>
    </>
  );
}
