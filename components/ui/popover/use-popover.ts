import { type ToggleEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { followAnchor, positionPopover } from "./position-popover";

type Options = {
  align: "start" | "end";
  /** What takes the focus when it opens; the popover itself without it. */
  focusSelector?: string;
};

/**
 * A native popover under its button, whose content is rendered only while it is open.
 *
 * The browser opens it by itself, also before hydration: one that is open by then is filled when the page gets there.
 *
 * @returns whether it is open, what keeps it at its button when the page moves, and the properties of the button and of
 *   the popover
 */
export function usePopover({ align, focusSelector }: Options) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (ref.current?.matches(":popover-open")) setOpen(true);
  }, []);

  useEffect(() => {
    // Not yet shown when it opens by a click after hydration: `onToggle` places it then.
    if (open && ref.current?.matches(":popover-open")) place(ref.current, align, focusSelector);
  }, [open, align, focusSelector]);

  const follow = useCallback(
    (popover: HTMLElement) => {
      const anchor = anchorOf(popover);
      if (anchor) followAnchor(popover, anchor, align);
    },
    [align],
  );

  return {
    open,
    ref,
    follow,
    button: { popoverTarget: id, "aria-expanded": open },
    popover: {
      ref,
      id,
      tabIndex: -1,
      popover: "auto",
      onBeforeToggle: (event: ToggleEvent) => {
        if (event.target === event.currentTarget && event.newState === "open") flushSync(() => setOpen(true));
      },
      onToggle: (event: ToggleEvent<HTMLElement>) => {
        if (event.target !== event.currentTarget) return;
        const opened = event.newState === "open";
        setOpen(opened);
        if (opened) place(event.currentTarget, align, focusSelector);
      },
    },
  } as const;
}

function place(popover: HTMLElement, align: "start" | "end", focusSelector?: string) {
  const anchor = anchorOf(popover);
  if (!anchor) return;
  positionPopover(popover, anchor, align);
  const first = focusSelector === undefined ? popover : popover.querySelector<HTMLElement>(focusSelector);
  first?.focus();
}

const anchorOf = (popover: HTMLElement) => document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
