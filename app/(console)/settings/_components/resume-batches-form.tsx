import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/form/checkbox";
import type { ResumeBatches } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

export function ResumeBatchesForm({ initial }: { initial: ResumeBatches }) {
  const t = useTranslations("settings.resumeBatches");
  const [afterOutage, setAfterOutage] = useState(initial.afterOutage);
  const { save, pending, error } = useSaveSetting("resume_batches", initial);
  return (
    <SettingForm
      title={t("title")}
      explain={t("explain")}
      pending={pending}
      error={error}
      onSave={() => save({ afterOutage })}
    >
      <Checkbox checked={afterOutage} onChange={(event) => setAfterOutage(event.target.checked)}>
        {t("afterOutage")}
      </Checkbox>
    </SettingForm>
  );
}
