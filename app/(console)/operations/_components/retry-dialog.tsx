"use client";

import { useMemo } from "react";
import { DestroyDialog } from "@/app/(console)/cards/_components/destroy-dialog";
import { TransferDialog } from "@/app/(console)/cards/_components/transfer-dialog";
import type { OperationDetail } from "@/lib/operations";

type Props = { operation: OperationDetail; onClose: () => void; onChanged: () => void };

/** The same thing again, as a new operation that knows which one it repeats. */
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
