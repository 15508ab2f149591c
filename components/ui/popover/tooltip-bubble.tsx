import { useEffect, useId, useRef } from "react";
import { positionPopover } from "./position-popover";

type Props = {
  text: string;
  /** The control it is about. */
  target: Element;
  /** The text repeats the accessible name: not announced a second time. */
  silent: boolean;
  onHide: () => void;
};

/**
 * A tooltip that is wanted: it shows after a moment, until Esc or until the page moves under it. A name is over with a press,
 * too: who presses knows what the control does. A reason why it does nothing stays.
 */
export function TooltipBubble({ text, target, silent, onHide }: Props) {
  const id = useId();
  const bubble = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const tip = bubble.current;
    if (!tip) return;
    // Delayed: not when the pointer just passes, and not while another popover opens.
    const timer = setTimeout(() => {
      // Its control may have gone from the page in this moment.
      if (!tip.isConnected || !target.isConnected) return;
      tip.showPopover();
      positionPopover(tip, target, "center");
    }, 120);
    if (!silent) target.setAttribute("aria-describedby", id);
    const hide = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === "Escape") onHide();
    };
    document.addEventListener("keydown", hide);
    if (silent) document.addEventListener("pointerdown", hide);
    window.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", hide);
      document.removeEventListener("pointerdown", hide);
      window.removeEventListener("scroll", hide, { capture: true });
      if (!silent) target.removeAttribute("aria-describedby");
    };
  }, [target, silent, id, onHide]);

  return (
    <span
      ref={bubble}
      id={id}
      role="tooltip"
      popover="manual"
      className="pointer-events-none fixed inset-auto m-0 max-w-64 rounded-sm border-0 bg-text px-2 py-1 text-start text-canvas text-xs font-normal whitespace-normal"
    >
      {text}
    </span>
  );
}
