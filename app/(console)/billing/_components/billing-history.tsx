import { getTimeZone, getTranslations } from "next-intl/server";
import { LineChart } from "@/components/charts/line-chart";
import { EmptyState } from "@/components/feedback/empty-state";
import { Panel } from "@/components/panel";
import type { BillingHistoryView } from "@/lib/billing/types";
import { formatDateTime } from "@/lib/format/dates";
import { formatMicro } from "@/lib/format/micro";

/** The balance over the last 30 days. A float is exact enough for a chart; the exact numbers are shown beside it. */
export async function BillingHistory({ history }: { history: BillingHistoryView }) {
  const [t, zone] = await Promise.all([getTranslations("billing"), getTimeZone()]);
  const points = history.points.map((point) => ({ at: Date.parse(point.at), value: Number(point.remainingAmount) }));
  // The chart begins where the data does, which may be minutes ago.
  const since = points[0]?.at;
  return (
    <Panel
      title={t("history")}
      actions={
        since !== undefined && (
          <span className="text-soft text-sm">
            {t("historySince", { at: formatDateTime(new Date(since), zone).slice(0, 16) })}
          </span>
        )
      }
    >
      {points.length < 2 ? (
        <EmptyState icon="clock" title={t("historyEmpty")}>
          {t("historyEmptyHint")}
        </EmptyState>
      ) : (
        <LineChart
          title={t("history")}
          points={points}
          heads={[t("time"), t("amount")]}
          formatValue={(value) => formatMicro(BigInt(Math.round(value * 1e6)), { fraction: 2 })}
          formatAt={(at) => formatDateTime(new Date(at), zone).slice(5, 16)}
          fromZero={false}
          leastSpan={0.1}
          step
        />
      )}
    </Panel>
  );
}
