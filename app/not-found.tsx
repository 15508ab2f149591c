import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { buttonClass } from "@/components/ui/button/button-class";

/** A plain link: this page is part of every page's bundle, and a `Link` would add 3 kB to each. */
export default function NotFound() {
  const t = useTranslations("ui");
  const start = (
    <a href="/" className={buttonClass({})}>
      {t("toStart")}
    </a>
  );
  return (
    <main className="grid min-h-dvh content-center">
      <EmptyState page icon="search" title={t("notFound")} actions={start}>
        {t("notFoundHint")}
      </EmptyState>
    </main>
  );
}
