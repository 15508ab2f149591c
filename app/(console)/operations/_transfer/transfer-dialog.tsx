import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import type { PublicError } from "@/lib/core/errors";
import { parseInteger } from "@/lib/format/numbers";
import type { CardSide, TransferPreview } from "@/lib/operations";
import { confirmTransferAction, previewTransferAction } from "../actions";
import { operationQuery } from "../query-options";
import { TransferForm } from "./transfer-form";
import { TransferPreviewPanel } from "./transfer-preview-panel";
import { TransferResult } from "./transfer-result";

export type TransferDialogProps = {
  source: CardSide;
  /** Filled in already, when an operation is done again. */
  target?: CardSide;
  amount?: number;
  retryOf?: string;
  onClose: () => void;
  /** Something may have changed: lists and cards should be read again. */
  onChanged?: () => void;
};

const NO_EVIDENCE = { readings: [], settledByName: null, retriedBy: null, quietSeconds: 0, quietAt: null };

type Step =
  | { at: "form" }
  | { at: "preview"; preview: TransferPreview }
  | { at: "result"; operationId: string; answered: boolean };

/** Move calls from one card to another: choose, preview both sides, confirm by the preview's id, see what became of it. */
export function TransferDialog(props: TransferDialogProps) {
  const { source, retryOf, onClose, onChanged } = props;
  const t = useTranslations("transfer");
  const ui = useTranslations("ui");
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ at: "form" });
  const [target, setTarget] = useState<CardSide | null>(props.target ?? null);
  const [amount, setAmount] = useState(props.amount ? String(props.amount) : "");
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);

  const run = async (work: () => Promise<void>) => {
    setPending(true);
    setError(null);
    await work();
    setPending(false);
  };

  const preview = (wanted: number, to: CardSide) =>
    run(async () => {
      const input = { sourceId: source.id, targetId: to.id, amount: wanted, ...(retryOf && { retryOf }) };
      const result = await previewTransferAction(input).catch(() => null);
      setTyped("");
      if (result?.ok) setStep({ at: "preview", preview: result.data });
      else setError(result?.error ?? { code: "unavailable", key: "no_connection" });
    });

  const confirm = (operationId: string) =>
    run(async () => {
      const result = await confirmTransferAction({ operationId }).catch(() => null);
      // An answer that is lost says nothing: the journal knows, and the result reads it.
      if (result && !result.ok) return setError(result.error);
      // Shown at once; the journal's own row, with its evidence, follows.
      if (result) client.setQueryData(operationQuery(operationId).queryKey, { ...result.data, ...NO_EVIDENCE });
      setStep({ at: "result", operationId, answered: result !== null });
      await client.invalidateQueries({ queryKey: ["operations"] });
      onChanged?.();
    });

  const ready = step.at === "preview" ? step.preview.draft : null;
  const phrase = step.at === "preview" && step.preview.typeToConfirm ? String(step.preview.amount) : null;
  const untyped = phrase !== null && parseInteger(typed) !== Number(phrase);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      pending={pending}
      footer={
        step.at === "form" ? undefined : step.at === "preview" ? (
          <>
            <Button
              onClick={() => setStep({ at: "form" })}
              data-autofocus
              disabledReason={pending ? ui("wait") : undefined}
            >
              {t("back")}
            </Button>
            <Button
              variant="primary"
              pending={pending}
              disabledReason={
                !ready ? t("problems") : untyped && !pending ? ui("typeFirst", { phrase: phrase ?? "" }) : undefined
              }
              onClick={() => ready && confirm(ready.operationId)}
            >
              {t("verb", { amount: step.preview.amount })}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{t("close")}</Button>
        )
      }
    >
      {step.at === "form" && (
        <TransferForm
          source={source}
          target={target}
          amount={amount}
          error={error}
          pending={pending}
          onTarget={setTarget}
          onAmount={setAmount}
          onPreview={preview}
        />
      )}
      {step.at === "preview" && (
        <>
          <TransferPreviewPanel preview={step.preview} error={error} pending={pending} />
          {phrase && ready && !pending && (
            <Field label={ui("typePhrase", { phrase })} className="pb-3">
              {(control) => (
                <NumberInput {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />
              )}
            </Field>
          )}
        </>
      )}
      {step.at === "result" && (
        <TransferResult
          operationId={step.operationId}
          answered={step.answered}
          pending={pending}
          onConfirmAgain={() => confirm(step.operationId)}
          onPreviewAgain={() => setStep({ at: "form" })}
        />
      )}
    </Dialog>
  );
}
