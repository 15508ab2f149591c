import { type Ref, startTransition, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { withMessages } from "@/components/merged-messages";
import { DialogPrepared } from "@/components/ui/dialog-prepared";
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

/** What opens the dialogs. Stable: it can be handed to what is drawn once. */
export type CardActions = {
  open: (action: RowAction) => void;
  /** The pointer or the focus is on what opens it: draw the dialog, closed. A destruction is not drawn: it reads its cards live. */
  prepare: (action: Exclude<RowAction, { kind: "destroy" }>) => void;
};

/** A page's dialogs on cards: `ref` for its `CardDialogs`. Opening one draws nothing of the page anew. */
export function useCardDialogs(): CardActions & { ref: Ref<CardActions> } {
  const ref = useRef<CardActions>(null);
  const [actions] = useState<CardActions>(() => ({
    open: (action) => ref.current?.open(action),
    prepare: (action) => ref.current?.prepare(action),
  }));
  return { ...actions, ref };
}

type Props = {
  ref: Ref<CardActions>;
  /** Told a moment after a dialog has opened or closed: what is under it should stay as it is meanwhile. */
  onOpen?: (open: boolean) => void;
  onChanged: () => void;
};

/**
 * The dialogs of the table and the card page, mounted once and driven by one action. Their code and
 * their messages load at the first sign that one of the page's controls may be used: who only reads loads none.
 */
export function CardDialogs({ ref, onOpen, onChanged }: Props) {
  useFirstSign(CONTROLS, preloadDialogs);
  const [{ action, open }, set] = useState<{ action: RowAction | null; open: boolean }>(CLOSED);
  useImperativeHandle(
    ref,
    () => ({
      open: (wanted) => set(({ action: now }) => ({ action: isSame(now, wanted) ? now : wanted, open: true })),
      prepare: (wanted) => startTransition(() => set((now) => (now.open ? now : { action: wanted, open: false }))),
    }),
    [],
  );
  useEffect(() => startTransition(() => onOpen?.(open)), [onOpen, open]);
  const dialog = useMemo(() => {
    const rest = { onClose: () => set(CLOSED), onChanged };
    if (!action) return null;
    if (action.kind === "destroy")
      return <LazyComponent module={destroy} props={{ cardIds: action.cardIds, ...rest }} />;
    const { kind, card } = action;
    const cards = kind === "transfer" ? { source: card } : { target: card };
    // One that was prepared for another card is made anew.
    return <LazyComponent key={kind + card.id} module={transfer} props={{ ...cards, ...rest }} />;
  }, [action, onChanged]);
  return <DialogPrepared value={!open}>{dialog}</DialogPrepared>;
}

const CLOSED = { action: null, open: false };

/** The same dialog about the card as it was read then. */
const isSame = (one: RowAction | null, other: RowAction): boolean =>
  one?.kind === other.kind && "card" in one && "card" in other && one.card === other.card;
