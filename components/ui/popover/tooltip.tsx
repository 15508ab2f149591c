import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { positionPopover } from "./position-popover";

type Props = {
  text: string;
  /** The text repeats the accessible name: not announced a second time. */
  silent?: boolean;
  children: ReactNode;
};

/** A text about the one control inside, on hover and keyboard focus; Esc hides it. */
export function Tooltip({ text, silent = false, children }: Props) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);

  useEffect(() => {
    const target = anchor.current?.firstElementChild;
    const tip = bubble.current;
    if (!shown || !target || !tip) return;
    // Delayed: not when the pointer just passes, and not while another popover opens.
    const timer = setTimeout(() => {
      // Its control may have gone from the page in this moment.
      if (!tip.isConnected) return;
      tip.showPopover();
      positionPopover(tip, target, "center");
    }, 120);
    if (!silent) target.setAttribute("aria-describedby", id);
    const hide = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === "Escape") setShown(false);
    };
    document.addEventListener("keydown", hide);
    window.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", hide);
      window.removeEventListener("scroll", hide, { capture: true });
      if (!silent) target.removeAttribute("aria-describedby");
    };
  }, [shown, silent, id]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches the control inside, which is the interactive one
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => event.pointerType === "mouse" && setShown(true)}
      onPointerLeave={() => setShown(false)}
      onPointerOver={(event) => event.pointerType === "mouse" && setShown(true)}
      onPointerOut={() => setShown(false)}
      onFocus={(event) => event.target.matches(":focus-visible") && setShown(true)}
      onBlur={() => setShown(false)}
    >
      {children}
      {shown && (
        <span
          ref={bubble}
          id={id}
          role="tooltip"
          popover="manual"
          className="pointer-events-none fixed inset-auto m-0 max-w-64 rounded-sm border-0 bg-text px-2 py-1 text-start text-canvas text-xs font-normal whitespace-normal"
        >
          {text}
        </span>
      )}
    </span>
  );
}
