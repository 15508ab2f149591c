"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { TypedPhrase } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

const names = ["transferCalls", "destroyCards"] as const;

export function TypedPhraseForm({ initial }: { initial: TypedPhrase }) {
  const t = useTranslations("settings.typedPhrase");
  const { field } = useErrorText();
  const [texts, setTexts] = useState({
    transferCalls: formatInteger(initial.transferCalls),
    destroyCards: formatInteger(initial.destroyCards),
  });
  const { save, pending, error } = useSaveSetting("typed_phrase");
  const submit = () =>
    save({ transferCalls: parseInteger(texts.transferCalls), destroyCards: parseInteger(texts.destroyCards) });
  return (
    <SettingForm title={t("title")} explain={t("explain")} pending={pending} error={error} onSave={submit}>
      <div className="grid gap-3 sm:grid-cols-2">
        {names.map((name) => {
          const wrong = error?.fields?.[`value.${name}`];
          return (
            <Field key={name} label={t(name)} hint={t("from")} error={wrong && field(wrong)}>
              {(control) => (
                <NumberInput
                  {...control}
                  value={texts[name]}
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
