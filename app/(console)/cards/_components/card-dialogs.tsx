import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { withMessages } from "@/components/merged-messages";
import { useFirstSign } from "@/components/use-first-sign";
import { loadDialogMessages } from "@/lib/web/i18n/load-dialog-messages";
import type { RowAction } from "./row-action";

const transfer = new LazyModule(() =>
  loadWhenOnline(async () => {
    const [{ TransferDialog }, messages] = await Promise.all([
      import("@/app/(console)/operations/_transfer/transfer-dialog"),
      loadDialogMessages(),
    ]);
    return withMessages(TransferDialog, messages);
  }),
);
const destroy = new LazyModule(() =>
  loadWhenOnline(async () => {
    const [{ DestroyDialog }, messages] = await Promise.all([
      import("@/app/(console)/operations/_destroy/destroy-dialog"),
      loadDialogMessages(),
    ]);
    return withMessages(DestroyDialog, messages);
  }),
);

/** What leads to a dialog is among them: a row's menu, the bar of selected rows, a card's buttons. */
export const CONTROLS = "main :is(button, input)";

/** Load the dialogs' code before they are opened. */
export function preloadDialogs(): void {
  transfer.preload();
  destroy.preload();
}

type Props = { action: RowAction | null; onClose: () => void; onChanged: () => void };

/**
 * The dialogs of the table and the card page, mounted once and driven by one action. Their code and
 * their messages load at the first sign that one of the page's controls may be used: who only reads loads none.
 */
export function CardDialogs({ action, onClose, onChanged }: Props) {
  useFirstSign(CONTROLS, preloadDialogs);
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
