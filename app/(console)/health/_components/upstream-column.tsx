import { useLocale, useTranslations } from "next-intl";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Badge } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/value/relative-time";
import { formatDuration } from "@/lib/format/durations";
import { formatInteger } from "@/lib/format/numbers";
import type { UpstreamHealthView } from "@/lib/monitoring/types";
import { SourceList } from "./source-list";

/** One upstream: configuration, circuit breaker, latency, last success and failure, and background polls. */
export function UpstreamColumn({ health }: { health: UpstreamHealthView }) {
  const t = useTranslations("health");
  const shell = useTranslations("shell.upstreams");
  const { sentence } = useErrorText();
  const locale = useLocale();
  const { upstream, breaker, latencyP50, latencyP95, lastFault } = health;
  const tone = { closed: "done", half_open: "warning", open: "danger" } as const;
  return (
    <section aria-label={shell(`names.${upstream}`)} className="min-w-0">
      <h3 className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
        {shell(`names.${upstream}`)}
        {health.configured ? (
          <Badge tone={tone[breaker.state]}>{t(`breaker.${breaker.state}`)}</Badge>
        ) : (
          <Badge tone="warning">{t("notConfigured", { names: health.missing.join(", ") })}</Badge>
        )}
      </h3>
      {breaker.state !== "closed" && (
        <p className="text-sm text-warning">
          {t("failuresInARow", { count: breaker.failuresInARow })}
          {breaker.retryInMs > 0 && ` · ${t("retryIn", { time: formatDuration(breaker.retryInMs, locale) })}`}
        </p>
      )}
      <DescriptionList
        items={[
          {
            label: t("lastSuccess"),
            value: health.lastSuccessAt ? <RelativeTime value={health.lastSuccessAt} /> : t("never"),
          },
          {
            label: t("lastFailure"),
            value: health.lastFailureAt ? (
              <>
                <RelativeTime value={health.lastFailureAt} />
                {lastFault && (
                  <p className="text-soft text-sm">
                    {sentence({ code: "upstream", key: `upstream.${lastFault}`, params: { upstream } })}
                  </p>
                )}
              </>
            ) : (
              t("none")
            ),
          },
          {
            label: t("latency"),
            value:
              latencyP50 === null || latencyP95 === null ? t("none") : t("ms", { p50: latencyP50, p95: latencyP95 }),
          },
          { label: t("clock"), value: <Clock offsetMs={health.clockOffsetMs} /> },
          { label: t("calls"), value: `${formatInteger(health.calls)} / ${formatInteger(health.failures)}` },
        ]}
      />
      <SourceList upstream={upstream} sources={health.sources} />
    </section>
  );
}

/** How far the upstream's clock is from ours: signed requests bear the time, and are refused when it is off. */
function Clock({ offsetMs }: { offsetMs: number | null }) {
  const t = useTranslations("health");
  const locale = useLocale();
  if (offsetMs === null) return t("none");
  if (Math.abs(offsetMs) < 2_000) return t("clockSame");
  return t("clockOffset", { ahead: String(offsetMs > 0), time: formatDuration(Math.abs(offsetMs), locale) });
}
