import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/feedback/empty-state";
import { buttonClass } from "@/components/ui/button/button-class";

/** With a plain link: every page carries this one along, and a `Link` would weigh 3 kB on each. */
export default function NotFound() {
  const t = useTranslations("ui");
  const start = (
    <a href="/" className={buttonClass({})}>
      {t("toStart")}
    </a>
  );
  return (
    <main>
      <EmptyState page icon="search" title={t("notFound")} actions={start}>
        {t("notFoundHint")}
      </EmptyState>
    </main>
  );
}
