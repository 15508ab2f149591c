import { useTranslations } from "next-intl";
import type { TypedPhrase } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

export function TypedPhraseForm({ initial }: { initial: TypedPhrase }) {
  const t = useTranslations("settings.typedPhrase");
  return (
    <NumbersForm
      setting="typed_phrase"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={[
        { name: "transferCalls", label: t("transferCalls"), hint: t("from") },
        { name: "destroyCards", label: t("destroyCards"), hint: t("from") },
      ]}
    />
  );
}
