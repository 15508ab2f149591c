import { type ReactNode, useCallback, useState } from "react";
import { TooltipBubble } from "./tooltip-bubble";

/** One tooltip for all the icon buttons inside (`untipped`): what each does, which is its name already. */
export function TipGroup({ className, children }: { className: string; children: ReactNode }) {
  const [target, setTarget] = useState<Element | null>(null);
  const show = (element: Element) => setTarget(element.closest("button[aria-label]"));
  const hide = useCallback(() => setTarget(null), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches the buttons inside, which are the interactive ones
    <span
      className={className}
      onPointerOver={(event) => event.pointerType === "mouse" && show(event.target as Element)}
      onPointerOut={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show(event.target)}
      onBlur={hide}
    >
      {children}
      {target && (
        <TooltipBubble key={target.ariaLabel} text={target.ariaLabel ?? ""} target={target} silent onHide={hide} />
      )}
    </span>
  );
}
