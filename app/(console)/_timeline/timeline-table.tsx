import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/value/date-time";
import type { TimelineEntry } from "@/lib/timeline/types";
import { TimelineCause } from "./timeline-cause";
import { TimelineChange } from "./timeline-change";

/** A table from 640 px; below that each entry is lines of its own: time, change, cause. */
const cell = "align-top sm:border-line sm:border-b sm:px-2 sm:py-1.5";

type Props = { entries: readonly TimelineEntry[]; cardIds: readonly string[] };

/** The line itself: when, what changed, and by what. */
export function TimelineTable({ entries, cardIds }: Props) {
  const t = useTranslations("timeline");
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm max-sm:block">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="text-faint max-sm:hidden">
          <tr>
            <th className={`${cell} text-start font-normal`}>{t("time")}</th>
            <th className={`${cell} text-end font-normal`}>{t("change")}</th>
            <th className={`${cell} text-start font-normal`}>{t("cause")}</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {entries.map((entry) => (
            <tr
              key={`${entry.source} ${entry.id}`}
              className="border-line max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:border-b max-sm:py-1.5"
            >
              <td className={`${cell} whitespace-nowrap text-soft max-sm:w-full`}>
                <DateTime value={entry.at} />
              </td>
              <td className={`${cell} whitespace-nowrap sm:text-end`}>
                <TimelineChange event={entry.event} />
              </td>
              <td className={`${cell} min-w-0`}>
                <TimelineCause event={entry.event} cardIds={cardIds} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
