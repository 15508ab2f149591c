import { getTranslations } from "next-intl/server";
import { ChartTable } from "@/components/charts/chart-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { Panel } from "@/components/panel";
import { Callout } from "@/components/ui/callout";
import type { UsageView } from "@/lib/billing/types";
import { formatDecimal } from "@/lib/format/micro";
import { UsageAge } from "./usage-age";

/** The cost of each of the last 30 days (Beijing time) as a bar chart. */
export async function UsageByDay({ usage }: { usage: UsageView }) {
  const t = await getTranslations("billing");
  const { days, error } = usage;
  const most = Math.max(...days.map((day) => Number(day.cost)), 0);
  const dearest = days.find((day) => Number(day.cost) === most);
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
      {dearest ? (
        <figure className="m-0">
          <p className="mb-1 text-faint text-xs">{formatDecimal(dearest.cost)}</p>
          <div aria-hidden="true" className="flex h-36 items-end gap-px border-line border-t border-b sm:gap-0.5">
            {days.map(({ day, cost }) => (
              <div
                key={day}
                title={`${day} · ${formatDecimal(cost)}`}
                className="flex h-full flex-1 items-end hover:bg-hover"
              >
                <span
                  className="w-full rounded-t-sm bg-accent"
                  style={{ height: Number(cost) > 0 ? `max(2px, ${(100 * Number(cost)) / most}%)` : 0 }}
                />
              </div>
            ))}
          </div>
          <p aria-hidden="true" className="mt-1 flex justify-between text-faint text-xs">
            <span>{days[0]?.day.slice(5)}</span>
            <span>{days.at(-1)?.day.slice(5)}</span>
          </p>
          <ChartTable
            caption={t("usage")}
            head={[t("day"), t("cost")]}
            rows={days.map(({ day, cost }) => [day, formatDecimal(cost)])}
          />
        </figure>
      ) : (
        <EmptyState icon="billing" title={t("usageEmpty")}>
          {t("usageEmptyHint")}
        </EmptyState>
      )}
      <UsageAge readAt={usage.readAt} error={error?.key === "usage_incomplete" ? null : error} />
    </Panel>
  );
}
