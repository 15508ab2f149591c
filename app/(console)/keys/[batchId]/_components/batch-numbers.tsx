import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Stat } from "@/components/stat";
import { DateTime } from "@/components/ui/value/date-time";
import { formatDuration } from "@/lib/format/durations";
import { formatInteger } from "@/lib/format/numbers";
import type { BatchDetail } from "@/lib/keys";
import { BatchProgress } from "../../_components/batch-progress";
import { ExportButtons } from "./export-buttons";

/** The same filter always: the buttons are not made anew. */
const ALL = { flagged: false, status: null };

/** The progress bar and its numbers, each a count of rows; when all is made, the keys to take away stand there. */
export function BatchNumbers({ batch, mayReveal }: { batch: BatchDetail; mayReveal: boolean }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  const odd = [
    batch.extra > 0 && t("batch.oddExtra", { count: batch.extra }),
    batch.duplicate > 0 && t("batch.oddDuplicate", { count: batch.duplicate }),
    batch.wrongType > 0 && t("batch.oddWrongType", { count: batch.wrongType }),
    batch.surplus > 0 && t("batch.oddSurplus", { count: batch.surplus }),
    batch.recovered > 0 && t("batch.oddRecovered", { count: batch.recovered }),
  ].filter(Boolean);
  return (
    <Panel>
      {mayReveal && batch.state === "done" && (
        <div className="mb-3">
          <ExportButtons batch={batch} filter={ALL} filtered={null} />
        </div>
      )}
      <BatchProgress batch={batch} className={batch.state === "done" ? "h-1" : "h-3"} />
      <div className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
        <Stat
          label={t("batch.made")}
          value={formatInteger(batch.recorded)}
          unit={`/ ${formatInteger(batch.wanted)}`}
          note={odd.length > 0 ? odd.join(" · ") : undefined}
        />
        <Stat
          label={t("batch.unknown")}
          value={formatInteger(batch.unknown)}
          {...(batch.unknown > 0 && { tone: "unknown" as const })}
        />
        <Stat label={t("batch.remaining")} value={formatInteger(batch.remaining)} />
        {batch.state === "generating" && (
          <>
            <div className="whitespace-nowrap max-sm:col-span-2">
              <Stat
                label={t("batch.rate")}
                value={batch.ratePerMinute === null ? "—" : formatInteger(batch.ratePerMinute)}
                {...(batch.ratePerMinute !== null && { unit: t("batch.rateUnit") })}
              />
            </div>
            <Stat
              label={t("batch.timeLeft")}
              value={batch.secondsLeft === null ? "—" : formatDuration(batch.secondsLeft * 1000, locale)}
            />
          </>
        )}
      </div>
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-faint text-sm">
        <span>
          {t("batch.by", { name: batch.createdByName })} <DateTime value={batch.createdAt} />
        </span>
        {batch.finishedAt && (
          <span>
            {t("batch.finished")} <DateTime value={batch.finishedAt} />
          </span>
        )}
      </p>
    </Panel>
  );
}
