import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/value/date-time";
import type { TimelineRow } from "./fold-use";
import { TimelineCause } from "./timeline-cause";
import { TimelineChange } from "./timeline-change";

/** A table from 640 px; below that each entry is lines of its own: time, change, cause. */
const cell = "align-top sm:border-line sm:border-b sm:px-2 sm:py-1.5";

type Props = {
  rows: readonly TimelineRow[];
  cardIds: readonly string[];
  nameOf: ((cardId: string) => ReactNode) | undefined;
};

/** The line itself: when, what changed, and by what. */
export function TimelineTable({ rows, cardIds, nameOf }: Props) {
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
          {rows.map((entry) => (
            <tr
              key={`${entry.source} ${entry.id}`}
              className="border-line max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:border-b max-sm:py-1.5"
            >
              <td className={`${cell} whitespace-nowrap text-soft max-sm:w-full`}>
                <DateTime value={entry.at} />
              </td>
              <td className={`${cell} whitespace-nowrap sm:text-end`}>
                <TimelineChange event={entry.event} nameOf={nameOf} />
              </td>
              <td className={`${cell} min-w-0`}>
                {nameOf && entry.cardId && <span className="me-2">{nameOf(entry.cardId)}</span>}
                <TimelineCause event={entry.event} cardIds={cardIds} readings={entry.readings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
