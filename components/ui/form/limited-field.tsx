import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "./field";
import { Input } from "./input";

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  placeholder?: string;
  max: number;
  required?: boolean;
  /** What else is wrong with it, as a sentence. */
  problem?: string | undefined;
  value: string;
  onChange: (value: string) => void;
};

/** A text field with a limit. No `maxLength`, which would cut what is pasted in silence: what is too long says so. */
export function LimitedField({ label, hint, placeholder, max, required = false, problem, value, onChange }: Props) {
  const t = useTranslations("ui");
  const error = value.trim().length > max ? t("tooLong", { max, count: value.trim().length }) : problem;
  return (
    <Field label={label} hint={hint} required={required} error={error}>
      {(control) => (
        <Input
          {...control}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
