import { useTranslations } from "next-intl";
import type { DisclosureLimits } from "@/lib/settings/schemas";
import { NumbersForm } from "./numbers-form";

const NAMES = [
  "supportReveals",
  "supportRows",
  "operatorReveals",
  "operatorRows",
  "adminReveals",
  "adminRows",
  "supportSearches",
] as const;

export function DisclosureLimitsForm({ initial }: { initial: DisclosureLimits }) {
  const t = useTranslations("settings.disclosureLimits");
  const hintOf = (name: (typeof NAMES)[number]) =>
    t(name.endsWith("Rows") ? "rowsHint" : name === "supportSearches" ? "searchesHint" : "revealsHint");
  return (
    <NumbersForm
      setting="disclosure_limits"
      title={t("title")}
      explain={t("explain")}
      initial={initial}
      fields={NAMES.map((name) => ({ name, label: t(name), hint: hintOf(name) }))}
    />
  );
}
