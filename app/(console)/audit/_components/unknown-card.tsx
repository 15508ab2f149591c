import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { Button } from "@/components/ui/button/button";

/** Instead of rows: the link stands for a search by card that only another tab knows. */
export function UnknownCard({ onReset }: { onReset: () => void }) {
  const t = useTranslations("audit.unknownSearch");
  return (
    <EmptyState icon="search" title={t("title")} actions={<Button onClick={onReset}>{t("reset")}</Button>}>
      {t("hint")}
    </EmptyState>
  );
}
