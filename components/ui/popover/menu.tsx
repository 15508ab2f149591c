import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { positionPopover } from "./position-popover";

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
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const popover = list.current;
    if (!open || !popover) return;
    const close = (event: Event) => {
      if (event.type !== "scroll" || !popover.contains(event.target as Node)) popover.hidePopover();
    };
    window.addEventListener("scroll", close, { capture: true, passive: true });
    window.addEventListener("resize", close);
    return () => {
      window.removeEventListener("scroll", close, { capture: true });
      window.removeEventListener("resize", close);
    };
  }, [open]);

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
      {trigger({ popoverTarget: id, "aria-haspopup": "menu", "aria-expanded": open })}
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.target === event.currentTarget && event.newState === "open") flushSync(() => setOpen(true));
        }}
        onToggle={(event) => {
          if (event.target !== event.currentTarget) return;
          const opened = event.newState === "open";
          setOpen(opened);
          const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
          if (!opened || !anchor) return;
          positionPopover(event.currentTarget, anchor, align);
          event.currentTarget.querySelector<HTMLElement>(itemSelector)?.focus();
        }}
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
