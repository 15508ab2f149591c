import { useTranslations } from "next-intl";
import type { MirrorReading } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function MirrorReadingForm({ initial }: { initial: MirrorReading }) {
  const t = useTranslations("settings.mirrorReading");
  return (
    <NumbersForm
      setting="mirror_reading"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[{ name: "callsPerMinute", label: t("callsPerMinute"), hint: t("hint") }]}
    />
  );
}
