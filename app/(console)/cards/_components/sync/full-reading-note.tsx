import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/value/relative-time";
import type { SyncStatus } from "@/lib/cards";

/** What the budget of calls costs in freshness; nothing while a reading takes a minute at most. */
export function FullReadingNote({
  reading: { minutes, callsPerMinute, last },
}: {
  reading: SyncStatus["fullReading"];
}) {
  const t = useTranslations("cards.sync");
  if (minutes === null || minutes <= 1) return null;
  return (
    <span className="text-faint">
      {t("fullReading", { minutes, calls: callsPerMinute })}
      {last && t.rich("lastWhole", { ago: () => <RelativeTime value={last.startedAt} /> })}
    </span>
  );
}
