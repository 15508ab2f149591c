import { useTranslations } from "next-intl";
import type { Retention } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function RetentionForm({ initial }: { initial: Retention }) {
  const t = useTranslations("settings.retention");
  return (
    <NumbersForm
      setting="retention"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[{ name: "days", label: t("days"), hint: t("hint") }]}
    />
  );
}
