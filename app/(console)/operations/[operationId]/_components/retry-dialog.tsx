import { useMemo } from "react";
import type { OperationDetail } from "@/lib/operations";
import { DestroyDialog } from "../../_destroy/destroy-dialog";
import { TransferDialog } from "../../_transfer/transfer-dialog";

type Props = { operation: OperationDetail; onClose: () => void; onChanged: () => void };

/** Retries as a new operation that refers to the old one. */
export function RetryDialog({ operation, onClose, onChanged }: Props) {
  const { id, source, target, amount } = operation;
  const ids = useMemo(() => (source ? [source.id] : []), [source]);
  if (!source) return null;
  if (operation.kind === "destroy") {
    return <DestroyDialog cardIds={ids} retryOf={id} onClose={onClose} onChanged={onChanged} />;
  }
  const filled = { ...(target && { target }), ...(amount && { amount }) };
  return <TransferDialog source={source} {...filled} retryOf={id} onClose={onClose} onChanged={onChanged} />;
}
