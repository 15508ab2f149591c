import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PublicError } from "@/lib/core/errors";
import type { CardSide, TransferPreview } from "@/lib/operations";
import { confirmTransferAction, previewTransferAction } from "../actions";
import { operationQuery } from "../query-options";

const NO_EVIDENCE = { readings: [], settledByName: null, retriedBy: null, quietSeconds: 0, quietAt: null };

type TransferStep =
  | { at: "form" }
  | { at: "preview"; preview: TransferPreview }
  | { at: "result"; operationId: string; answered: boolean };

type Options = { source: CardSide; retryOf: string | undefined; onChanged: (() => void) | undefined };

/** The steps of a transfer: form, preview of both sides, result. A preview is confirmed by its operation's id. */
export function useTransfer({ source, retryOf, onChanged }: Options) {
  const client = useQueryClient();
  const [step, setStep] = useState<TransferStep>({ at: "form" });
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);

  const run = async (work: () => Promise<void>) => {
    setPending(true);
    setError(null);
    await work();
    setPending(false);
  };

  const preview = (amount: number, target: CardSide) =>
    run(async () => {
      const input = { sourceId: source.id, targetId: target.id, amount, ...(retryOf && { retryOf }) };
      const result = await previewTransferAction(input).catch(() => null);
      if (result?.ok) setStep({ at: "preview", preview: result.data });
      else setError(result?.error ?? { code: "unavailable", key: "no_connection" });
    });

  const confirm = (operationId: string) =>
    run(async () => {
      const result = await confirmTransferAction({ operationId }).catch(() => null);
      // A lost answer proves nothing either way: the journal knows the outcome, and the result step reads it.
      if (result && !result.ok) return setError(result.error);
      // Shown at once; the journal's own row follows with its evidence.
      if (result) client.setQueryData(operationQuery(operationId).queryKey, { ...result.data, ...NO_EVIDENCE });
      setStep({ at: "result", operationId, answered: result !== null });
      await client.invalidateQueries({ queryKey: ["operations"] });
      onChanged?.();
    });

  return { step, pending, error, preview, confirm, back: () => setStep({ at: "form" }) };
}
