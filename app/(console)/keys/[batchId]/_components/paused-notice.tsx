import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { BatchDetail } from "@/lib/keys";
import { findMessage } from "@/lib/web/i18n/find-message";

/** Why the batch is paused, what to do, and the upstream's message. */
export function PausedNotice({ batch }: { batch: BatchDetail }) {
  const t = useTranslations("keys");
  const reason = batch.pausedReason ?? "by_user";
  return (
    <Callout tone="warning" role="status" title={t("pausedTitle")}>
      <p>{findMessage(t, `paused.${reason}`) ?? t("paused.other", { reason })}</p>
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
