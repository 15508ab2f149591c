import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { useIntent } from "@/components/use-intent";
import type { RowAction } from "./row-action";

const transfer = new LazyModule(() =>
  loadWhenOnline(async () => (await import("@/app/(console)/operations/_transfer/transfer-dialog")).TransferDialog),
);
const destroy = new LazyModule(() =>
  loadWhenOnline(async () => (await import("@/app/(console)/operations/_destroy/destroy-dialog")).DestroyDialog),
);

/** Load the dialogs' code before they are opened. */
export function preloadDialogs(): void {
  transfer.preload();
  destroy.preload();
}

type Props = { action: RowAction | null; onClose: () => void; onChanged: () => void };

/**
 * The dialogs of the table and the card page, mounted once and driven by one action. Their code loads when the pointer or
 * the focus first comes to one of the page's controls: who only reads loads none.
 */
export function CardDialogs({ action, onClose, onChanged }: Props) {
  useIntent(preloadDialogs);
  if (action?.kind === "transfer") {
    return <LazyComponent module={transfer} props={{ source: action.source, onClose, onChanged }} />;
  }
  if (action?.kind === "destroy") {
    return <LazyComponent module={destroy} props={{ cardIds: action.cardIds, onClose, onChanged }} />;
  }
  return null;
}
