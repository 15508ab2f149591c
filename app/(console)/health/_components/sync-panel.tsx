import { useTranslations } from "next-intl";
import { ErrorDetails } from "@/components/feedback/error-details";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/value/date-time";
import { RelativeTime } from "@/components/ui/value/relative-time";
import { formatInteger } from "@/lib/format/numbers";
import type { SyncView } from "@/lib/monitoring/types";

const tones = { running: "accent", done: "done", failed: "danger" } as const;

/** The mirror's latest sync: progress, unreadable rows, and why it failed. */
export function SyncPanel({ sync }: { sync: SyncView | null }) {
  const t = useTranslations("health");
  const { sentence } = useErrorText();
  return (
    <Panel title={t("sync")}>
      {sync ? (
        <div className="grid gap-1">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[sync.state]}>{t(`syncState.${sync.state}`)}</Badge>
            <RelativeTime value={sync.finishedAt ?? sync.startedAt} />
            <span>
              {sync.rowsExpected === null
                ? t("syncRows", { rows: formatInteger(sync.rowsRead) })
                : t("syncRowsOf", { rows: formatInteger(sync.rowsRead), total: formatInteger(sync.rowsExpected) })}
            </span>
          </p>
          <FullReadingLines reading={sync.fullReading} />
          {sync.unreadable > 0 && <p className="text-warning">{t("unreadable", { count: sync.unreadable })}</p>}
          {sync.duplicates > 0 && <p className="text-soft">{t("duplicates", { count: sync.duplicates })}</p>}
          {sync.error && (
            <div className="text-danger">
              {sentence({ code: "upstream", key: sync.error.key, params: { upstream: "espai" } })}
              {sync.error.details && <ErrorDetails error={{ details: sync.error.details }} />}
            </div>
          )}
        </div>
      ) : (
        <p className="text-soft">{t("syncNone")}</p>
      )}
    </Panel>
  );
}

/** What the budget of calls costs in freshness. */
function FullReadingLines({ reading: { minutes, callsPerMinute, last } }: { reading: SyncView["fullReading"] }) {
  const t = useTranslations("health");
  return (
    <>
      {minutes !== null && <p>{t("fullReading", { minutes, calls: callsPerMinute })}</p>}
      <p className="text-soft">
        {last
          ? t.rich("lastWhole", {
              start: () => <DateTime value={last.startedAt} />,
              end: () => <DateTime value={last.finishedAt} />,
            })
          : t("noWhole")}
      </p>
    </>
  );
}
