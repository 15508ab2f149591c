"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { SessionLimits } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

export function SessionsForm({ initial }: { initial: SessionLimits }) {
  const t = useTranslations("settings.sessions");
  const { field } = useErrorText();
  const [idle, setIdle] = useState(formatInteger(initial.idleMinutes));
  const [hours, setHours] = useState(formatInteger(initial.hours));
  const { save, pending, error } = useSaveSetting("sessions");
  const problem = (name: string) => {
    const wrong = error?.fields?.[`value.${name}`];
    return wrong && field(wrong);
  };
  return (
    <SettingForm
      title={t("title")}
      explain={t("explain")}
      pending={pending}
      error={error}
      onSave={() => save({ idleMinutes: parseInteger(idle), hours: parseInteger(hours) })}
    >
      <Field label={t("idle")} hint={t("idleHint")} error={problem("idleMinutes")}>
        {(control) => <NumberInput {...control} value={idle} onChange={(event) => setIdle(event.target.value)} />}
      </Field>
      <Field label={t("hours")} hint={t("hoursHint")} error={problem("hours")}>
        {(control) => <NumberInput {...control} value={hours} onChange={(event) => setHours(event.target.value)} />}
      </Field>
    </SettingForm>
  );
}
