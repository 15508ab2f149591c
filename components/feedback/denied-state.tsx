import { useTranslations } from "next-intl";
import { EmptyState } from "./empty-state";

/** The user's role is too low. `inside`: part of a page that has its own heading. */
export function DeniedState({ inside = false }: { inside?: boolean }) {
  const t = useTranslations("ui");
  return (
    <EmptyState icon="lock" page={!inside} title={t("denied")}>
      {t("deniedHint")}
    </EmptyState>
  );
}
