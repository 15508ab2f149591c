import { type KeyboardEvent, type ReactNode, useEffect } from "react";
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

const itemSelector = '[role^="menuitem"]:not(:disabled)';

/**
 * A menu opened by a button: native popover, arrow keys, Esc, first letter. Its items are rendered only while it is
 * open, because a table has one menu for each row.
 */
export function Menu({ label, trigger, align = "end", children }: Props) {
  const { open, ref: list, button, popover } = usePopover({ align, focusSelector: itemSelector });

  useEffect(() => {
    const menu = list.current;
    if (!open || !menu) return;
    const close = (event: Event) => {
      if (event.type !== "scroll" || !menu.contains(event.target as Node)) menu.hidePopover();
    };
    window.addEventListener("scroll", close, { capture: true, passive: true });
    window.addEventListener("resize", close);
    return () => {
      window.removeEventListener("scroll", close, { capture: true });
      window.removeEventListener("resize", close);
    };
  }, [open, list]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>(itemSelector) ?? [])];
    const target = nextItem(items, event.key);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  };

  return (
    <>
      {trigger({ ...button, "aria-haspopup": "menu" })}
      <div
        {...popover}
        role="menu"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="fixed inset-auto m-0 max-h-[70dvh] min-w-44 max-w-80 overflow-y-auto rounded-lg border-0 bg-raised p-1 text-text shadow-float"
      >
        {open && children}
      </div>
    </>
  );
}

function nextItem(items: HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return after.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}
