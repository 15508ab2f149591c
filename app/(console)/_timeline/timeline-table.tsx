import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/value/date-time";
import type { TimelineRow } from "./fold-use";
import { TimelineCause } from "./timeline-cause";
import { TimelineChange } from "./timeline-change";

/** A table where its panel has 640 px; in a narrower one each entry is lines of its own: time, change, cause. */
const cell = "align-top @min-[40rem]:border-line @min-[40rem]:border-b @min-[40rem]:px-2 @min-[40rem]:py-1.5";

type Props = {
  rows: readonly TimelineRow[];
  cardIds: readonly string[];
  nameOf: ((cardId: string) => ReactNode) | undefined;
};

/** The line itself: when, what changed, and by what. */
export function TimelineTable({ rows, cardIds, nameOf }: Props) {
  const t = useTranslations("timeline");
  return (
    <div className="@container">
      <table className="w-full text-sm @max-[40rem]:block">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="text-faint @max-[40rem]:hidden">
          <tr>
            <th className={`${cell} text-start font-normal`}>{t("time")}</th>
            <th className={`${cell} text-end font-normal`}>{t("change")}</th>
            <th className={`${cell} text-start font-normal`}>{t("cause")}</th>
          </tr>
        </thead>
        <tbody className="@max-[40rem]:block">
          {rows.map((entry) => (
            <tr
              key={`${entry.source} ${entry.id}`}
              className="border-line @max-[40rem]:flex @max-[40rem]:flex-wrap @max-[40rem]:gap-x-3 @max-[40rem]:border-b @max-[40rem]:py-1.5"
            >
              <td className={`${cell} whitespace-nowrap text-soft @max-[40rem]:w-full`}>
                <DateTime value={entry.at} />
              </td>
              <td className={`${cell} whitespace-nowrap @min-[40rem]:text-end @max-[40rem]:has-[>[data-none]]:hidden`}>
                <TimelineChange event={entry.event} nameOf={nameOf} />
              </td>
              <td className={`${cell} min-w-0 @min-[40rem]:w-full @min-[40rem]:max-w-0`}>
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
