import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { RadioGroup } from "@/components/ui/form/radio-group";
import type { SecondFactorRule } from "@/lib/settings/schemas";
import { SECOND_FACTOR_POLICIES } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

type Props = { initial: SecondFactorRule; overridden: boolean };

/** Who must have a second factor. `overridden`: SECOND_FACTOR=required decides. */
export function SecondFactorForm({ initial, overridden }: Props) {
  const t = useTranslations("settings.secondFactor");
  const [requiredFor, setRequiredFor] = useState(initial.requiredFor);
  const { save, pending, error } = useSaveSetting("second_factor", initial);
  return (
    <SettingForm
      title={t("title")}
      explain={t("explain")}
      pending={pending}
      error={error}
      onSave={() => save({ requiredFor })}
    >
      {overridden && <Callout tone="info">{t("overridden")}</Callout>}
      <RadioGroup
        name="requiredFor"
        legend={t("requiredFor")}
        value={requiredFor}
        onChange={setRequiredFor}
        options={SECOND_FACTOR_POLICIES.map((policy) => ({ value: policy, label: t(`policy.${policy}`) }))}
      />
    </SettingForm>
  );
}
