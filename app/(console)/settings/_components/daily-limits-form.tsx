import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { DailyLimits } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

const roles = ["operator", "admin"] as const;
const measures = ["callsMoved", "cardsDestroyed", "keysMade"] as const;
type Measure = (typeof measures)[number];

export function DailyLimitsForm({ initial }: { initial: DailyLimits }) {
  const t = useTranslations("settings.dailyLimits");
  const { field } = useErrorText();
  const [texts, setTexts] = useState({ operator: toTexts(initial.operator), admin: toTexts(initial.admin) });
  const { save, pending, error } = useSaveSetting("daily_limits", initial);
  const submit = () => save({ operator: toNumbers(texts.operator), admin: toNumbers(texts.admin) });
  return (
    <SettingForm title={t("title")} explain={t("explain")} pending={pending} error={error} onSave={submit}>
      {roles.map((role) => (
        <fieldset key={role}>
          <legend className="mb-1 font-semibold">{t(role)}</legend>
          <div className="grid gap-3 sm:grid-cols-3">
            {measures.map((measure) => {
              const wrong = error?.fields?.[`value.${role}.${measure}`];
              return (
                <Field key={measure} label={t(measure)} error={wrong && field(wrong)}>
                  {(control) => (
                    <NumberInput
                      {...control}
                      value={texts[role][measure]}
                      onChange={(event) =>
                        setTexts({ ...texts, [role]: { ...texts[role], [measure]: event.target.value } })
                      }
                    />
                  )}
                </Field>
              );
            })}
          </div>
        </fieldset>
      ))}
    </SettingForm>
  );
}

const toTexts = (limit: DailyLimits["operator"]) => forEach((measure) => formatInteger(limit[measure]));
const toNumbers = (texts: Record<Measure, string>) => forEach((measure) => parseInteger(texts[measure]));

const forEach = <T,>(of: (measure: Measure) => T): Record<Measure, T> => ({
  callsMoved: of("callsMoved"),
  cardsDestroyed: of("cardsDestroyed"),
  keysMade: of("keysMade"),
});
