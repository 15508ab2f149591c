import { getTranslations } from "next-intl/server";
import { ColumnChart } from "@/components/charts/column-chart";
import { roundTicks, tickPlaces } from "@/components/charts/round-ticks";
import { EmptyState } from "@/components/feedback/empty-state";
import { Panel } from "@/components/panel";
import { Callout } from "@/components/ui/callout";
import type { UsageView } from "@/lib/billing/types";
import { formatDecimal, formatMicro } from "@/lib/format/micro";
import { UsageAge } from "./usage-age";

const LEAST = 0.000004;

/** The cost of each of the last 30 days (Beijing time) as columns. */
export async function UsageByDay({ usage }: { usage: UsageView }) {
  const t = await getTranslations("billing");
  const { days, error } = usage;
  const [first] = days;
  const last = days.at(-1);
  const most = Math.max(...days.map((day) => Number(day.cost)), 0);
  // An axis for nothing, too; and none finer than the six places of an amount.
  const ticks = roundTicks(most > 0 ? Math.max(most, LEAST) : 1);
  return (
    <Panel
      title={t("usage")}
      actions={
        days.length > 0 && (
          <span className="text-soft text-sm">{t("usageTotal", { total: formatDecimal(usage.total) })}</span>
        )
      }
    >
      {error?.key === "usage_incomplete" && (
        <Callout tone="warning" className="mb-3">
          {t("usageIncomplete", { count: Number(error.details) })}
        </Callout>
      )}
      {first && last ? (
        <ColumnChart
          title={t("usage")}
          columns={days.map(({ day, cost }) => ({ name: day, value: Number(cost), exact: formatDecimal(cost) }))}
          ticks={ticks}
          formatTick={(tick) => formatMicro(BigInt(Math.round(tick * 1e6)), { fraction: tickPlaces(ticks, 6) })}
          ends={[first.day.slice(5), last.day.slice(5)]}
          heads={[t("day"), t("cost")]}
        />
      ) : (
        <EmptyState icon="billing" title={t("usageEmpty")}>
          {t("usageEmptyHint")}
        </EmptyState>
      )}
      <UsageAge readAt={usage.readAt} error={error?.key === "usage_incomplete" ? null : error} />
    </Panel>
  );
}
