import { useTranslations } from "next-intl";
import { useState } from "react";
import { CardSummary } from "@/app/(console)/_components/card/card-summary";
import { useNeedsNote } from "@/app/(console)/_components/reason-required";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import type { PublicError } from "@/lib/core/errors";
import { parseInteger } from "@/lib/format/numbers";
import type { CardSide } from "@/lib/operations";
import { type OperationWords, WordsFields, wordsFit } from "../_components/words-fields";
import { TargetPicker } from "./target-picker";

type Props = {
  source: CardSide;
  target: CardSide | null;
  amount: string;
  words: OperationWords;
  error: PublicError | null;
  pending: boolean;
  onTarget: (card: CardSide | null) => void;
  onAmount: (text: string) => void;
  onWords: (words: OperationWords) => void;
  onPreview: (amount: number, target: CardSide) => void;
};

/** Fields that show their own error. */
const ownFields = ["amount", "note", "reference"];

/** Source, target and amount. What is typed survives a preview and back. */
export function TransferForm(props: Props) {
  const { source, target, amount, words, error, pending, onTarget, onAmount, onWords, onPreview } = props;
  const t = useTranslations("transfer");
  const { field } = useErrorText();
  const [problem, setProblem] = useState<{ target?: string; amount?: string }>({});
  // Refused for want of one, it is required whatever this page knew of the setting.
  const needsNote = useNeedsNote("calls", parseInteger(amount));
  const noteRequired = needsNote || error?.fields?.note === "required";
  const all = typeof source.balance === "number" ? source.balance : null;

  const submit = () => {
    const wanted = parseInteger(amount);
    const found = {
      ...(!target && { target: t("targetRequired") }),
      ...(wanted === null && { amount: field(amount.trim() ? "not_a_number" : "required") }),
      ...(wanted !== null && wanted < 1 && { amount: field("out_of_range") }),
    };
    setProblem(found);
    if (target && wanted !== null && wanted >= 1 && wordsFit(words)) onPreview(wanted, target);
  };

  return (
    <form
      className="grid gap-4 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) submit();
      }}
    >
      <div>
        <p className="mb-1 font-medium text-sm text-soft">{t("from")}</p>
        <CardSummary card={source} />
      </div>
      <TargetPicker sourceId={source.id} target={target} onTarget={onTarget} error={problem.target} />
      <Field
        label={t("amount")}
        required
        error={problem.amount ?? (error?.fields?.amount && field(error.fields.amount))}
      >
        {(control) => (
          <div className="flex gap-2">
            <NumberInput
              {...control}
              value={amount}
              onChange={(event) => onAmount(event.target.value)}
              className="max-w-40"
            />
            {all !== null && all > 0 && (
              <Button onClick={() => onAmount(String(all))}>{t("all", { amount: all })}</Button>
            )}
          </div>
        )}
      </Field>
      <WordsFields words={words} noteRequired={noteRequired} onWords={onWords} error={error} />
      {error && !ownFields.some((name) => error.fields?.[name]) && <ErrorNotice error={error} />}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" pending={pending}>
          {t("preview")}
        </Button>
      </div>
    </form>
  );
}
