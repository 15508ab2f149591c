"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { NumberInput } from "@/components/ui/form/number-input";
import { formatInteger, parseInteger } from "@/lib/format/numbers";
import type { Retention } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

export function RetentionForm({ initial }: { initial: Retention }) {
  const t = useTranslations("settings.retention");
  const { field } = useErrorText();
  const [days, setDays] = useState(formatInteger(initial.days));
  const { save, pending, error } = useSaveSetting("retention");
  const wrong = error?.fields?.["value.days"];
  return (
    <SettingForm
      title={t("title")}
      explain={t("explain")}
      pending={pending}
      error={error}
      onSave={() => save({ days: parseInteger(days) })}
    >
      <Field label={t("days")} hint={t("hint")} error={wrong && field(wrong)}>
        {(control) => <NumberInput {...control} value={days} onChange={(event) => setDays(event.target.value)} />}
      </Field>
    </SettingForm>
  );
}
