import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { NumberInput } from "@/components/ui/form/number-input";

type Props = { phrase: string; value: string; onChange: (typed: string) => void; className?: string };

/** Asks for the phrase that confirms a large operation; `matchesPhrase` compares it. */
export function TypedPhraseField({ phrase, value, onChange, className }: Props) {
  const t = useTranslations("ui");
  const Box = /^\d+$/.test(phrase) ? NumberInput : Input;
  return (
    <Field label={t("typePhrase", { phrase })} className={className}>
      {(control) => (
        <Box {...control} value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
