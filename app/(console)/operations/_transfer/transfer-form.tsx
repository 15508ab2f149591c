import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { CardSummary } from "@/app/(console)/_components/card/card-summary";
import { useNeedsNote } from "@/app/(console)/_components/reason-required";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { NumberInput } from "@/components/ui/form/number-input";
import type { PublicError } from "@/lib/core/errors";
import { parseInteger } from "@/lib/format/numbers";
import type { CardSide } from "@/lib/operations";
import { type OperationWords, WordsFields, wordsFit } from "../_components/words-fields";
import { CardPicker } from "./card-picker";

type Props = {
  /** The button that submits it stands outside, in the dialog's footer. */
  id: string;
  source: CardSide | null;
  target: CardSide | null;
  /** The side the dialog was opened for. */
  fixed: "source" | "target";
  /** It gives a transfer back: cards and amount are settled. */
  reverses: boolean;
  /** It moves all there is. */
  merges: boolean;
  amount: string;
  words: OperationWords;
  error: PublicError | null;
  pending: boolean;
  /** The card of the other side was chosen, or is to be chosen anew. */
  onCard: (card: CardSide | null) => void;
  onAmount: (text: string) => void;
  onWords: (words: OperationWords) => void;
  /** `amount`: null is all there is. */
  onPreview: (amount: number | null, source: CardSide, target: CardSide) => void;
};

const balanceOf = (card: CardSide | null): number | null => (typeof card?.balance === "number" ? card.balance : null);

/** Fields that show their own error. */
const ownFields = ["amount", "note", "reference"];

/** Source, target and amount. What is typed survives a preview and back. */
export function TransferForm(props: Props) {
  const {
    id,
    source,
    target,
    fixed,
    reverses,
    merges,
    amount,
    words,
    error,
    pending,
    onCard,
    onAmount,
    onWords,
    onPreview,
  } = props;
  const t = useTranslations("transfer");
  const { field } = useErrorText();
  const [problem, setProblem] = useState<{ card?: string; amount?: string }>({});
  const amountBox = useRef<HTMLInputElement>(null);
  // Refused for want of one, it is required whatever this page knew of the setting.
  const needsNote = useNeedsNote("calls", merges ? balanceOf(source) : parseInteger(amount));
  const noteRequired = needsNote || error?.fields?.note === "required";
  const wanted = parseInteger(amount);
  const all = balanceOf(source);
  // The balance of the last reading: the preview reads again, so this warns and does not refuse.
  const tooMuch = all !== null && wanted !== null && wanted > all;
  const [picked, kept] = fixed === "source" ? [target, source] : [source, target];

  const choose = (card: CardSide | null) => {
    onCard(card);
    if (!card) return;
    setProblem(({ card: _, ...rest }) => rest);
    amountBox.current?.focus();
  };

  const submit = () => {
    if (merges) {
      setProblem(picked ? {} : { card: t(fixed === "source" ? "targetRequired" : "sourceRequired") });
      if (source && target && wordsFit(words)) onPreview(null, source, target);
      return;
    }
    const found = {
      ...(!picked && { card: t(fixed === "source" ? "targetRequired" : "sourceRequired") }),
      ...(wanted === null && { amount: field(amount.trim() ? "not_a_number" : "required") }),
      ...(wanted !== null && wanted < 1 && { amount: field("out_of_range") }),
    };
    setProblem(found);
    if (source && target && wanted !== null && wanted >= 1 && wordsFit(words)) onPreview(wanted, source, target);
  };

  return (
    <Form
      id={id}
      className="grid gap-4 pb-3"
      onSubmit={() => {
        if (!pending) submit();
      }}
    >
      {kept && (
        <div>
          <p className="mb-1 font-medium text-sm text-soft">{t(fixed === "source" ? "from" : "to")}</p>
          <CardSummary card={kept} unread={t("unread")} />
        </div>
      )}
      {reverses && picked ? (
        <div>
          <p className="mb-1 font-medium text-sm text-soft">{t(fixed === "source" ? "to" : "from")}</p>
          <CardSummary card={picked} unread={t("unread")} />
        </div>
      ) : (
        <CardPicker
          side={fixed === "source" ? "target" : "source"}
          otherId={kept?.id ?? ""}
          card={picked}
          onCard={choose}
          error={problem.card}
        />
      )}
      {merges ? (
        <p className="text-soft text-sm">{t("mergeHint")}</p>
      ) : (
        <Field
          label={t("amount")}
          required
          hint={
            reverses ? (
              t("reverseHint")
            ) : tooMuch ? (
              <span className="text-warning">{t("moreThanBalance", { balance: all })}</span>
            ) : undefined
          }
          error={problem.amount ?? (error?.fields?.amount && field(error.fields.amount))}
        >
          {(control) => (
            <div className="flex gap-2">
              <NumberInput
                {...control}
                ref={amountBox}
                value={amount}
                readOnly={reverses || pending}
                onChange={(event) => onAmount(event.target.value)}
                className="max-w-40"
              />
              {all !== null && all > 0 && !reverses && (
                <Button onClick={() => onAmount(String(all))}>{t("all", { amount: all })}</Button>
              )}
            </div>
          )}
        </Field>
      )}
      <WordsFields words={words} noteRequired={noteRequired} onWords={onWords} error={error} readOnly={pending} />
      {error && !ownFields.some((name) => error.fields?.[name]) && <ErrorNotice error={error} />}
    </Form>
  );
}
