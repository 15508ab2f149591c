import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

type Props = {
  /** It stands in a page that has its heading. */
  inside?: boolean;
  children?: ReactNode;
};

/** The person's role does not reach here; says which one would. */
export function DeniedState({ inside = false, children }: Props) {
  const t = useTranslations("ui");
  return (
    <EmptyState icon="lock" page={!inside} title={t("denied")}>
      {children ?? t("deniedHint")}
    </EmptyState>
  );
}
