import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { RadioGroup } from "@/components/ui/form/radio-group";
import { Term } from "@/components/ui/term";
import type { BillingLow } from "@/lib/settings/schemas";
import { SettingForm } from "./setting-form";
import { useSaveSetting } from "./use-save-setting";

export function BillingLowForm({ initial }: { initial: BillingLow }) {
  const t = useTranslations("settings.billingLow");
  const { field } = useErrorText();
  const [unit, setUnit] = useState(initial.unit);
  const [below, setBelow] = useState(initial.below);
  const { save, pending, error } = useSaveSetting("billing_low", initial);
  const wrong = error?.fields?.["value.below"];
  return (
    <SettingForm
      title={t("title")}
      explain={t("explain")}
      pending={pending}
      error={error}
      onSave={() => save({ unit, below: plain(below) })}
    >
      <RadioGroup<BillingLow["unit"]>
        name="unit"
        legend={t("unit")}
        about={<Term name="points" />}
        inline
        value={unit}
        onChange={setUnit}
        options={[
          { value: "amount", label: t("amount") },
          { value: "points", label: t("points") },
        ]}
      />
      <Field className="max-w-60" label={t("below")} hint={t("belowHint")} error={wrong && field(wrong)}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            className="text-end"
            value={below}
            onChange={(event) => setBelow(event.target.value)}
          />
        )}
      </Field>
    </SettingForm>
  );
}

/** People type separators and full-width digits. */
const plain = (text: string): string => text.normalize("NFKC").replace(/[\s,]/g, "");
