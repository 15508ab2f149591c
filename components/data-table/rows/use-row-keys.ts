import { type RefObject, useEffect } from "react";

/** Each gets the row's element. */
type Handlers = { open: (row: Element) => void; toggle: (row: Element) => void };

/**
 * j/k (arrows too once a row is focused) move between rows, Enter opens, x selects. Not while typing or under a dialog.
 * The focused row is the cursor, also for screen readers.
 */
export function useRowKeys(body: RefObject<HTMLTableSectionElement | null>, handlers: RefObject<Handlers>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as Element;
      const table = body.current;
      if (!table || isElsewhere(target, table)) return;
      const current = target.closest("tr");
      const inside = current !== null && current.parentElement === table;
      const step = stepOf(event.key, inside);
      if (step !== 0) {
        const next = inside
          ? step > 0
            ? current.nextElementSibling
            : current.previousElementSibling
          : entryRow(table);
        if (next instanceof HTMLElement) {
          event.preventDefault();
          next.focus();
          next.scrollIntoView({ block: "nearest" });
        }
        return;
      }
      if (!inside) return;
      if (event.key === "x") handlers.current.toggle(current);
      else if (event.key === "Enter" && target === current) handlers.current.open(current);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [body, handlers]);
}

function isElsewhere(target: Element, table: Element): boolean {
  if (target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], [popover]")) return true;
  return table.closest("dialog") !== [...document.querySelectorAll("dialog:modal")].at(-1) && isModalOpen();
}

const isModalOpen = () => document.querySelector("dialog:modal") !== null;

const entryRow = (table: Element) => table.querySelector('tr[tabindex="0"]') ?? table.querySelector("tr[tabindex]");

function stepOf(key: string, inside: boolean): number {
  if (key === "j" || (inside && key === "ArrowDown")) return 1;
  if (key === "k" || (inside && key === "ArrowUp")) return -1;
  return 0;
}
