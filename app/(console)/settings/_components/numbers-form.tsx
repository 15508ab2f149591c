import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { SettingKey } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

type NumberField<N extends string> = { name: N; label: string; hint: string };

type Props<N extends string> = {
  setting: SettingKey;
  title: string;
  explain: string;
  /** In the order they are shown. */
  fields: readonly NumberField<N>[];
  initial: Record<N, number>;
};

/** A setting that is whole numbers and nothing else. */
export function NumbersForm<N extends string>({ setting, title, explain, fields, initial }: Props<N>) {
  const { field: sentence } = useErrorText();
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(fields.map(({ name }) => [name, formatInteger(initial[name])])),
  );
  const { save, pending, error } = useSaveSetting(setting, initial);
  const submit = () => save(Object.fromEntries(fields.map(({ name }) => [name, parseInteger(texts[name] ?? "")])));
  return (
    <SettingForm title={title} explain={explain} pending={pending} error={error} onSave={submit}>
      <div className="grid gap-3 sm:grid-cols-2">
        {fields.map(({ name, label, hint }) => {
          const wrong = error?.fields?.[`value.${name}`];
          return (
            <Field key={name} label={label} hint={hint} error={wrong && sentence(wrong)}>
              {(control) => (
                <NumberInput
                  {...control}
                  value={texts[name] ?? ""}
                  onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
                />
              )}
            </Field>
          );
        })}
      </div>
    </SettingForm>
  );
}
