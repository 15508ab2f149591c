import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { withMessages } from "@/components/merged-messages";
import type { CardRow } from "@/lib/cards/types";
import { loadDialogMessages } from "@/lib/web/i18n/load-dialog-messages";

const transfer = new LazyModule(() =>
  loadWhenOnline(async () => {
    const [{ TransferDialog }, messages] = await Promise.all([
      import("@/app/(console)/operations/_transfer/transfer-dialog"),
      loadDialogMessages(),
    ]);
    return withMessages(TransferDialog, messages);
  }),
);

type Props = { source: CardRow; onClose: () => void; onChanged: () => void };

/** Merge a card into another: all it has moves, and then the empty card may be destroyed. */
export function MergeDialog(props: Props) {
  return <LazyComponent module={transfer} props={{ ...props, merges: true }} />;
}
