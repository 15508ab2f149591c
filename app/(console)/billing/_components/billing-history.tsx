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
  return (
    <Panel title={t("history")}>
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
          step
        />
      )}
    </Panel>
  );
}
