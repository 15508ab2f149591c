import { useMemo } from "react";
import type { CardSide, OperationDetail } from "@/lib/operations";
import { DestroyDialog } from "../../_destroy/destroy-dialog";
import { TransferDialog } from "../../_transfer/transfer-dialog";

/** Give a transfer back, or destroy the card that a merge emptied. */
export type FollowUp = "reverse" | "destroyEmptied";

type Props = { operation: OperationDetail; followUp: FollowUp; onClose: () => void; onChanged: () => void };

/** A new operation that belongs to the one shown: previewed and confirmed like any other. */
export function FollowUpDialog({ operation, followUp, ...rest }: Props) {
  const { id, source, target, amount } = operation;
  const cardIds = useMemo(() => (source ? [source.id] : []), [source]);
  if (followUp === "destroyEmptied") return <DestroyDialog {...rest} cardIds={cardIds} mergeOf={id} />;
  if (!source || !target || !amount) return null;
  const words = { note: "", reference: operation.reference ?? "" };
  return (
    <TransferDialog
      {...rest}
      source={asOfNow(target)}
      target={asOfNow(source)}
      amount={amount}
      words={words}
      reverses={id}
    />
  );
}

/** What the card had before the first transfer is not what it has: the preview reads that. */
const asOfNow = (card: CardSide): CardSide => ({ ...card, balance: null });
