import { useTranslations } from "next-intl";
import type { StepUp } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function StepUpForm({ initial }: { initial: StepUp }) {
  const t = useTranslations("settings.stepUp");
  return (
    <NumbersForm
      setting="step_up"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[
        { name: "calls", label: t("calls"), hint: t("above") },
        { name: "keys", label: t("keys"), hint: t("above") },
        { name: "minutes", label: t("minutes"), hint: t("minutesHint") },
      ]}
    />
  );
}
