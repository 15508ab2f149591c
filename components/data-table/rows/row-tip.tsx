import { type Ref, useCallback, useImperativeHandle, useState } from "react";
import { TooltipBubble } from "@/components/ui/popover/tooltip-bubble";

export type RowTipHandle = { show: (control: Element) => void; hide: () => void };

/** The one tooltip of all rows: the name of a control that shows none. */
export function RowTip({ ref }: { ref: Ref<RowTipHandle> }) {
  const [target, setTarget] = useState<Element | null>(null);
  const hide = useCallback(() => setTarget(null), []);
  useImperativeHandle(ref, () => ({ show: setTarget, hide }), [hide]);
  return (
    target && (
      <TooltipBubble key={target.ariaLabel} text={target.ariaLabel ?? ""} target={target} silent onHide={hide} />
    )
  );
}
