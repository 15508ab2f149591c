import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { ButtonLink } from "@/components/ui/button/button-link";

/** A card, an operation or a batch that is not there: said inside the frame, so that the next search is at hand. */
export default function NotFound() {
  const t = useTranslations("ui");
  return (
    <EmptyState page icon="search" title={t("notFound")} actions={<ButtonLink href="/">{t("toStart")}</ButtonLink>}>
      {t("notFoundHint")}
    </EmptyState>
  );
}
