"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { StepUp } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

const hints = { calls: "above", keys: "above", minutes: "minutesHint" } as const satisfies Record<keyof StepUp, string>;
const names = ["calls", "keys", "minutes"] as const;

export function StepUpForm({ initial }: { initial: StepUp }) {
  const t = useTranslations("settings.stepUp");
  const { field } = useErrorText();
  const [texts, setTexts] = useState({
    calls: formatInteger(initial.calls),
    keys: formatInteger(initial.keys),
    minutes: formatInteger(initial.minutes),
  });
  const { save, pending, error } = useSaveSetting("step_up");
  const submit = () => save(Object.fromEntries(names.map((name) => [name, parseInteger(texts[name])])));
  return (
    <SettingForm title={t("title")} explain={t("explain")} pending={pending} error={error} onSave={submit}>
      <div className="grid gap-3 sm:grid-cols-2">
        {names.map((name) => {
          const wrong = error?.fields?.[`value.${name}`];
          return (
            <Field key={name} label={t(name)} hint={t(hints[name])} error={wrong && field(wrong)}>
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
