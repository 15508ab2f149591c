import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { ButtonLink } from "@/components/ui/button/button-link";

/**
 * A card, operation or batch that doesn't exist. Inside the frame, so that the find box stays available. Rendered by the server: a
 * script of its own would be asked for on every page.
 */
export default function NotFound() {
  const t = useTranslations("ui");
  return (
    <EmptyState page icon="search" title={t("notFound")} actions={<ButtonLink href="/">{t("toStart")}</ButtonLink>}>
      {t("notFoundHint")}
    </EmptyState>
  );
}
