import { useTranslations } from "next-intl";
import type { ReasonRequired } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function ReasonRequiredForm({ initial }: { initial: ReasonRequired }) {
  const t = useTranslations("settings.reasonRequired");
  return (
    <NumbersForm
      setting="reason_required"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[
        { name: "calls", label: t("calls"), hint: t("from") },
        { name: "cards", label: t("cards"), hint: t("from") },
        { name: "keys", label: t("keys"), hint: t("from") },
      ]}
    />
  );
}
