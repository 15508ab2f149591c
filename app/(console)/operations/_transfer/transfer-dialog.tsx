import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { loadWhenOnline } from "@/components/load-when-online";
import { TypedPhraseField } from "@/components/typed-phrase/typed-phrase-field";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { matchesPhrase } from "@/lib/format/matches-phrase";
import type { CardSide } from "@/lib/operations";
import { NO_WORDS, type OperationWords } from "../_components/words-fields";
import { TransferForm } from "./transfer-form";
import { TransferPreviewPanel } from "./transfer-preview-panel";
import { TransferResult } from "./transfer-result";
import { useTransfer } from "./use-transfer";

/** One card or both; of both, as when an operation is retried, the target may be changed. */
type Cards = { source: CardSide; target?: CardSide } | { source?: never; target: CardSide };
type Props = Cards & {
  amount?: number;
  words?: OperationWords;
  retryOf?: string;
  /** The transfer that this gives back: cards and amount are its own. */
  reverses?: string;
  /** All there is, to destroy the source afterwards. */
  merges?: boolean;
  onClose: () => void;
  /** Something may have changed: lists and cards should be read again. */
  onChanged?: () => void;
};

const DestroyDialog = dynamic(() =>
  loadWhenOnline(() => import("../_destroy/destroy-dialog").then((module) => module.DestroyDialog)),
);

/** Move calls from one card, or into it: choose the other one, preview both sides, confirm, see the outcome. */
export function TransferDialog({ retryOf, reverses, merges = false, onClose, onChanged, ...filled }: Props) {
  const t = useTranslations("transfer");
  const ui = useTranslations("ui");
  const { step, asking, pending, error, preview, confirm, back } = useTransfer({ retryOf, reverses, onChanged });
  const fixed = filled.source ? "source" : "target";
  const [other, setOther] = useState<CardSide | null>((filled.source && filled.target) ?? null);
  const [source, target] = filled.source ? [filled.source, other] : [other, filled.target];
  const [amount, setAmount] = useState(filled.amount ? String(filled.amount) : "");
  const [words, setWords] = useState(filled.words ?? NO_WORDS);
  const [typed, setTyped] = useState("");
  // The merging transfer whose emptied card is to be destroyed.
  const [mergeOf, setMergeOf] = useState<string | null>(null);
  const emptied = useMemo(() => (source ? [source.id] : []), [source]);

  const formId = useId();
  const draft = step.at === "preview" ? step.preview.draft : null;
  const phrase = step.at === "preview" && step.preview.typeToConfirm ? String(step.preview.amount) : null;

  const disabledReason = () => {
    if (!draft) return t("problems");
    if (phrase && !pending && !matchesPhrase(typed, phrase)) return ui("typeFirst", { phrase });
    return undefined;
  };

  const footer =
    step.at === "preview" ? (
      <>
        <Button onClick={back} data-autofocus disabledReason={pending ? ui("wait") : undefined}>
          {t("back")}
        </Button>
        <Button
          variant="primary"
          pending={pending}
          disabledReason={disabledReason()}
          onClick={() => draft && confirm(draft.operationId, typed)}
        >
          {t("verb", { amount: step.preview.amount })}
        </Button>
      </>
    ) : (
      step.at === "result" && <Button onClick={onClose}>{t("close")}</Button>
    );
  const formButtons = (
    <>
      <Button onClick={onClose} disabledReason={pending ? ui("wait") : undefined}>
        {ui("cancel")}
      </Button>
      <Button type="submit" form={formId} variant="primary" pending={pending}>
        {t("preview")}
      </Button>
    </>
  );

  if (mergeOf) {
    const rest = { onClose, ...(onChanged && { onChanged }) };
    return <DestroyDialog cardIds={emptied} mergeOf={mergeOf} {...rest} />;
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(reverses ? "titleReverse" : merges ? "titleMerge" : "title")}
      pending={asking}
      footer={step.at === "form" ? formButtons : footer}
      step={step.at}
    >
      {step.at === "form" && (
        <TransferForm
          id={formId}
          source={source}
          target={target}
          fixed={fixed}
          reverses={reverses !== undefined}
          merges={merges}
          amount={amount}
          words={words}
          error={error}
          pending={pending}
          onCard={setOther}
          onAmount={setAmount}
          onWords={setWords}
          onPreview={(calls, from, to) => {
            setTyped("");
            void preview({ amount: calls, source: from, target: to, words });
          }}
        />
      )}
      {step.at === "preview" && (
        <>
          <TransferPreviewPanel
            preview={step.preview}
            words={words}
            error={phrase && error?.fields?.typed ? null : error}
            pending={pending}
          />
          {phrase && draft && !pending && (
            <TypedPhraseField phrase={phrase} value={typed} onChange={setTyped} error={error} className="pb-3" />
          )}
        </>
      )}
      {step.at === "result" && (
        <TransferResult
          operationId={step.operationId}
          answered={step.answered}
          pending={pending}
          onConfirmAgain={() => confirm(step.operationId, typed)}
          onPreviewAgain={back}
          onDestroyEmptied={setMergeOf}
        />
      )}
    </Dialog>
  );
}
