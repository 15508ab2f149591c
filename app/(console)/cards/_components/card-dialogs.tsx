import { useEffect } from "react";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import type { RowAction } from "./row-action";

const transfer = new LazyModule(() =>
  import("@/app/(console)/operations/_transfer/transfer-dialog").then((module) => module.TransferDialog),
);
const destroy = new LazyModule(() =>
  import("@/app/(console)/operations/_destroy/destroy-dialog").then((module) => module.DestroyDialog),
);

/** Load the dialogs' code before they are opened. */
export function preloadDialogs(): void {
  transfer.preload();
  destroy.preload();
}

type Props = { action: RowAction | null; onClose: () => void; onChanged: () => void };

/** The dialogs of the table and the card page, mounted once and driven by one action. Their code loads when idle. */
export function CardDialogs({ action, onClose, onChanged }: Props) {
  useEffect(() => {
    if (!("requestIdleCallback" in window)) return;
    const idle = requestIdleCallback(preloadDialogs, { timeout: 10_000 });
    return () => cancelIdleCallback(idle);
  }, []);
  if (action?.kind === "transfer") {
    return <LazyComponent module={transfer} props={{ source: action.source, onClose, onChanged }} />;
  }
  if (action?.kind === "transferInto") {
    return <LazyComponent module={transfer} props={{ target: action.target, onClose, onChanged }} />;
  }
  if (action?.kind === "destroy") {
    return <LazyComponent module={destroy} props={{ cardIds: action.cardIds, onClose, onChanged }} />;
  }
  return null;
}
