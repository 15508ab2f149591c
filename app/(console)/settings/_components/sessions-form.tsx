import { useTranslations } from "next-intl";
import type { SessionLimits } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function SessionsForm({ initial }: { initial: SessionLimits }) {
  const t = useTranslations("settings.sessions");
  return (
    <NumbersForm
      setting="sessions"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[
        { name: "idleMinutes", label: t("idle"), hint: t("idleHint") },
        { name: "hours", label: t("hours"), hint: t("hoursHint") },
      ]}
    />
  );
}
