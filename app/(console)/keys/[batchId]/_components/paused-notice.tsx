import { useLocale, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { formatDuration } from "@/lib/format/durations";
import type { BatchDetail } from "@/lib/keys";
import { findMessage } from "@/lib/web/i18n/find-message";

/** Why the batch is paused, what to do, and the upstream's message. */
export function PausedNotice({ batch }: { batch: BatchDetail }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  const reason = batch.pausedReason ?? "by_user";
  const offset = batch.pausedClockOffsetMs;
  return (
    <Callout tone="warning" role="status" title={t("pausedTitle")}>
      <p>{findMessage(t, `paused.${reason}`) ?? t("paused.other", { reason })}</p>
      {reason === "unreachable" && <p>{t(`afterOutage.${batch.resumesByItself ? "automatic" : "manual"}`)}</p>}
      {offset !== null && offset !== 0 && (
        <p>{t("pausedClock", { ahead: String(offset < 0), time: formatDuration(Math.abs(offset), locale) })}</p>
      )}
      {batch.pausedDetails && (
        <details className="mt-1 text-sm">
          <summary className="text-soft">{t("upstreamWords")}</summary>
          <pre className="mt-1 whitespace-pre-wrap font-mono text-xs [overflow-wrap:anywhere]">
            {batch.pausedDetails}
          </pre>
        </details>
      )}
    </Callout>
  );
}
