import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { NumberInput } from "@/components/ui/form/number-input";
import type { PublicError } from "@/lib/core/errors";

type Props = {
  phrase: string;
  value: string;
  onChange: (typed: string) => void;
  /** Of the confirmation: the server compares it too. */
  error?: PublicError | null;
  className?: string;
};

/** Asks for the phrase that confirms a large operation; `matchesPhrase` compares it. */
export function TypedPhraseField({ phrase, value, onChange, error, className }: Props) {
  const t = useTranslations("ui");
  const { field } = useErrorText();
  const differs = error?.fields?.typed;
  const Box = /^\d+$/.test(phrase) ? NumberInput : Input;
  return (
    <Field label={t("typePhrase", { phrase })} error={differs && field(differs)} className={className}>
      {(control) => (
        <Box {...control} value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
