import { type ComponentType, useMemo } from "react";
import type { CardSide, OperationDetail } from "@/lib/operations";
import type { OperationKind } from "@/lib/operations/types";
import { DestroyDialog } from "../../_destroy/destroy-dialog";
import { TransferDialog } from "../../_transfer/transfer-dialog";

type Props = { operation: OperationDetail; onClose: () => void; onChanged: () => void };
type RetryProps = Props & { source: CardSide };

/** Null: this kind is not retried from here. */
const retries: Record<OperationKind, ComponentType<RetryProps> | null> = {
  transfer: RetryTransfer,
  destroy: RetryDestroy,
  generate: null,
};

/** Retries as a new operation that refers to the old one. */
export function RetryDialog(props: Props) {
  const { source, kind } = props.operation;
  const Retry = retries[kind];
  return source && Retry && <Retry {...props} source={source} />;
}

function RetryTransfer({ operation, ...rest }: RetryProps) {
  const { id, target, amount } = operation;
  const words = { note: operation.note ?? "", reference: operation.reference ?? "" };
  return (
    <TransferDialog
      {...rest}
      {...(target && { target })}
      {...(amount && { amount })}
      {...(operation.reverses && { reverses: operation.reverses })}
      merges={operation.merges}
      words={words}
      retryOf={id}
    />
  );
}

function RetryDestroy({ operation, source, onClose, onChanged }: RetryProps) {
  const ids = useMemo(() => [source.id], [source.id]);
  return <DestroyDialog cardIds={ids} retryOf={operation.id} onClose={onClose} onChanged={onChanged} />;
}
