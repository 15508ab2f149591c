import { type ReactNode, useCallback, useRef, useState } from "react";
import { TooltipBubble } from "./tooltip-bubble";

type Props = {
  text: string;
  /** The text repeats the accessible name: not announced a second time. */
  silent?: boolean;
  children: ReactNode;
};

/** A text about the one control inside, on hover and keyboard focus; Esc hides it. */
export function Tooltip({ text, silent = false, children }: Props) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [target, setTarget] = useState<Element | null>(null);
  const show = () => setTarget(anchor.current?.firstElementChild ?? null);
  const hide = useCallback(() => setTarget(null), []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches the control inside, which is the interactive one
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => event.pointerType === "mouse" && show()}
      onPointerLeave={hide}
      onPointerOver={(event) => event.pointerType === "mouse" && show()}
      onPointerOut={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show()}
      onBlur={hide}
    >
      {children}
      {target && <TooltipBubble text={text} target={target} silent={silent} onHide={hide} />}
    </span>
  );
}
