import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { ButtonLink } from "@/components/ui/button-link";

export default function NotFound() {
  const t = useTranslations("ui");
  return (
    <main>
      <EmptyState page icon="search" title={t("notFound")} actions={<ButtonLink href="/">{t("toStart")}</ButtonLink>}>
        {t("notFoundHint")}
      </EmptyState>
    </main>
  );
}
