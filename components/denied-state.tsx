import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

/** The person's role does not reach here; says which one would. */
export function DeniedState({ children }: { children?: ReactNode }) {
  const t = useTranslations("ui");
  return (
    <EmptyState icon="lock" title={t("denied")}>
      {children ?? t("deniedHint")}
    </EmptyState>
  );
}
