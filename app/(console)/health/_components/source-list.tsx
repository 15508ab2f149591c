import { useTranslations } from "next-intl";
import { ErrorDetails } from "@/components/feedback/error-details";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { SourceStatus } from "@/lib/monitoring/types";
import { findMessage } from "@/lib/web/i18n/find-message";

/** The background polls of one upstream: their age, and why not newer. */
export function SourceList({ upstream, sources }: { upstream: string; sources: readonly SourceStatus[] }) {
  const t = useTranslations("health");
  const { sentence } = useErrorText();
  const name = (source: string) => findMessage(t, `source.${source.replace(".", "_")}`) ?? source;
  return (
    <ul className="mt-2 grid gap-1">
      {sources.map(({ source, lastSuccessAt, error }) => (
        <li key={source} className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="text-soft">{name(source)}</span>
          <StaleNote
            asOf={lastSuccessAt}
            reason={error && sentence({ code: "upstream", key: error.key, params: { upstream } })}
          />
          {error?.details && <ErrorDetails error={{ details: error.details }} />}
        </li>
      ))}
    </ul>
  );
}
