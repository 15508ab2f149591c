import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import type { CardSide, TransferPreview } from "@/lib/operations";
import type { OperationWords } from "../_components/words-fields";
import { confirmTransferAction, previewTransferAction } from "../actions";
import { operationQuery } from "../query-options";

const NO_EVIDENCE = {
  readings: [],
  settledByName: null,
  retriedBy: null,
  reversedBy: null,
  reversible: false,
  mergedBy: null,
  mergeable: false,
  quietSeconds: 0,
  quietAt: null,
};

type TransferStep =
  | { at: "form" }
  | { at: "preview"; preview: TransferPreview }
  | { at: "result"; operationId: string; answered: boolean };

/** `amount`: null is all there is. */
type Asked = { amount: number | null; source: CardSide; target: CardSide; words: OperationWords };
type Options = { retryOf: string | undefined; reverses: string | undefined; onChanged: (() => void) | undefined };

/** The steps of a transfer: form, preview of both sides, result. A preview is confirmed by its operation's id. */
export function useTransfer({ retryOf, reverses, onChanged }: Options) {
  const client = useQueryClient();
  const [step, setStep] = useState<TransferStep>({ at: "form" });
  const previewing = useAction(previewTransferAction, { effect: "none" });
  const confirming = useAction(confirmTransferAction, { effect: "operation" });
  const [rereading, setRereading] = useState(false);
  const asking = previewing.pending || confirming.pending;
  // The last call's: each step forgets the error of the other.
  const error = previewing.error ?? confirming.error;

  const preview = async ({ amount, source, target, words }: Asked) => {
    confirming.reset();
    const result = await previewing.run({
      sourceId: source.id,
      targetId: target.id,
      ...(amount === null ? { merges: true } : { amount }),
      ...words,
      ...(retryOf && { retryOf }),
      ...(reverses && { reverses }),
    });
    if (result.ok) setStep({ at: "preview", preview: result.data });
  };

  /** `typed`: the phrase, where one was asked for. */
  const confirm = async (operationId: string, typed: string) => {
    previewing.reset();
    const result = await confirming.run({ operationId, ...(typed && { typed }) });
    // A lost answer proves nothing either way: the journal knows the outcome, and the result step reads it.
    if (!result.ok && result.answered) return;
    confirming.reset();
    // Shown at once; the journal's own row follows with its evidence.
    if (result.ok) client.setQueryData(operationQuery(operationId).queryKey, { ...result.data, ...NO_EVIDENCE });
    setStep({ at: "result", operationId, answered: result.ok });
    setRereading(true);
    await client.invalidateQueries({ queryKey: queryKeys.operations });
    setRereading(false);
    onChanged?.();
  };

  // What was answered may be closed while the lists are still read again; confirming once more waits for them.
  return { step, asking, pending: asking || rereading, error, preview, confirm, back: () => setStep({ at: "form" }) };
}
