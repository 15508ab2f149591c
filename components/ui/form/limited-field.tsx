import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "./field";
import { Input } from "./input";

type Props = { label: ReactNode; hint?: ReactNode; max: number; value: string; onChange: (value: string) => void };

/** A text field with a limit. No `maxLength`, which would cut what is pasted in silence: what is too long says so. */
export function LimitedField({ label, hint, max, value, onChange }: Props) {
  const t = useTranslations("ui");
  const error = value.trim().length > max && t("tooLong", { max, count: value.trim().length });
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <Input {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
