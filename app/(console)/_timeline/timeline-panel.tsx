import { useInfiniteQuery } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Select } from "@/components/ui/form/select";
import { Skeleton } from "@/components/ui/skeleton";
import { TIMELINE_SOURCES, type TimelineSource } from "@/lib/timeline/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { foldUse } from "./fold-use";
import { timelineQuery } from "./query-options";
import { TimelineTable } from "./timeline-table";
import { UseByDay } from "./use-by-day";

type Props = {
  cardIds: readonly string[];
  /** What to call each of several cards. */
  nameOf?: (cardId: string) => ReactNode;
  /** Where more of it is. */
  more?: ReactNode;
  /** Drawn above the line. */
  children?: ReactNode;
};

/** What happened to a card, or to all cards of a customer: use by day, then one line, newest first, as far back as one asks. */
export function TimelinePanel({ cardIds, nameOf, more, children }: Props) {
  const t = useTranslations("timeline");
  const [source, setSource] = useState<TimelineSource | null>(null);
  const sources = useMemo(() => (source ? [source] : []), [source]);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(cardIds, sources),
  );
  const zone = useTimeZone();
  const rows = useMemo(() => foldUse(data?.pages.flatMap((page) => page.entries) ?? [], zone), [data, zone]);
  return (
    <Panel
      title={t("title")}
      actions={
        <>
          {more}
          <Select
            small
            aria-label={t("show")}
            value={source ?? ""}
            onChange={({ target }) => setSource(TIMELINE_SOURCES.find((each) => each === target.value) ?? null)}
          >
            <option value="">{t("all")}</option>
            {TIMELINE_SOURCES.filter((each) => each !== "firstSeen").map((each) => (
              <option key={each} value={each}>
                {t(`source.${each}`)}
              </option>
            ))}
          </Select>
        </>
      }
    >
      <div className="grid gap-4">
        <div>
          <UseByDay cardIds={cardIds} />
        </div>
        {children}
        {error && <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-24" />}
        {data && rows.length === 0 && <p className="text-faint">{t("empty")}</p>}
        {rows.length > 0 && <TimelineTable rows={rows} cardIds={cardIds} nameOf={nameOf} />}
        {hasNextPage && (
          <div>
            <Button size="sm" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("older")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
