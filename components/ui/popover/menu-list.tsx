import { type ComponentProps, type KeyboardEvent, type RefObject, useEffect } from "react";

type Props = Omit<ComponentProps<"div">, "ref" | "role" | "aria-label" | "className" | "onKeyDown"> & {
  ref: RefObject<HTMLDivElement | null>;
  /** Accessible name. */
  label: string;
  open: boolean;
  /** The page moved under the open menu: a scroll, a resize, a row that came in above. Keep it stable. */
  onMove: (menu: HTMLElement) => void;
};

/** What takes the focus when a menu opens. */
export const MENU_ITEM = '[role^="menuitem"]:not(:disabled)';

/** The list of a menu, a native popover: arrow keys, first letter. */
export function MenuList({ ref, label, open, onMove, children, ...popover }: Props) {
  useEffect(() => {
    const menu = ref.current;
    if (!open || !menu) return;
    const move = (event: Event) => {
      if (event.type !== "scroll" || !menu.contains(event.target as Node)) onMove(menu);
    };
    window.addEventListener("scroll", move, { capture: true, passive: true });
    window.addEventListener("resize", move);
    return () => {
      window.removeEventListener("scroll", move, { capture: true });
      window.removeEventListener("resize", move);
    };
  }, [open, onMove, ref]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(ref.current?.querySelectorAll<HTMLElement>(MENU_ITEM) ?? [])];
    const target = nextItem(items, event.key);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  };

  return (
    // Empty, it is open since before the page's scripts were there: the browser alone keeps it at its button.
    <div {...popover} ref={ref} role="menu" aria-label={label} onKeyDown={onKeyDown} className="menu">
      {children}
    </div>
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
